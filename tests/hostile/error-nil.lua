-- attack: an error that is nothing
-- run: both
-- expect: error the policy raised an error that is a nil, not a string
error(nil)

-- attack: an error that is a function
-- run: both
-- expect: error the policy raised an error that is a function, not a string
error(error)

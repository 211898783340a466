-- attack: an error that is a table
-- run: both
-- expect: error the policy raised an error that is a table, not a string
error({ code = 1 })

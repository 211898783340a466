-- attack: assert with everything that is no text
-- run: both
-- expect: error the policy raised an error that is a table, not a string
assert(false, { {} })

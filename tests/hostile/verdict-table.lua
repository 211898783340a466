-- attack: a table that looks like a verdict
-- run: decide
-- expect: error the function returned a table
return { action = 1, error = 10013 }

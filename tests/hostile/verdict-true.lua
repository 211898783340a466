-- attack: true
-- run: decide
-- expect: error the function returned a boolean
return true

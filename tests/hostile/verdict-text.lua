-- attack: a text
-- run: decide
-- expect: error the function returned a string
return "reject"

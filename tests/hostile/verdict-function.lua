-- attack: the word itself
-- run: decide
-- expect: error the function returned a function
return allow

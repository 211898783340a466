-- attack: a code
-- run: decide
-- expect: error the function returned a number
return WSAEACCES

-- attack: a code that is no number
-- run: decide
-- expect: error the error code must be a number
return reject(0 / 0)

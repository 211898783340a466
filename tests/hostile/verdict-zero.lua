-- attack: no error
-- run: decide
-- expect: error reject: 0 is not a Winsock error
return reject(0)

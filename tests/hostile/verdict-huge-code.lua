-- attack: a code past 32 bits
-- run: decide
-- expect: error is not a Winsock error
return reject(10013 + (1 << 32))

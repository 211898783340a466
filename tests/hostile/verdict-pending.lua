-- attack: WSA_IO_PENDING
-- run: decide
-- expect: error reject: 997 is not a Winsock error
return reject(997)

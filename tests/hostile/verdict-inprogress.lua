-- attack: the error on which Winsock goes on to the next provider
-- run: decide
-- expect: error reject: WSAEINPROGRESS
return reject(WSAEINPROGRESS)

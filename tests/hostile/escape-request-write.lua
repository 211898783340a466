-- attack: writing the request
-- run: decide
-- expect: error request is read-only
-- line: 5
request.type = SOCK_STREAM

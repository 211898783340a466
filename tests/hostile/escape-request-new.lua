-- attack: a new field of the request
-- run: decide
-- expect: error request is read-only
-- line: 5
request.mine = 1

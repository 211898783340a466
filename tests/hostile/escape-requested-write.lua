-- attack: writing what was requested
-- run: decide
-- expect: error request.requested is read-only
-- line: 5
request.requested.af = 23

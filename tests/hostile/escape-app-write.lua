-- attack: writing the program
-- run: decide
-- expect: error request.app is read-only
-- line: 5
request.app.elevated = true

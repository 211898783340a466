-- attack: writing the request through table.move
-- run: decide
-- expect: error request is read-only
-- line: 5
table.move({ "x" }, 1, 1, 1, request)

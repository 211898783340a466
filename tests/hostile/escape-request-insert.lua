-- attack: writing the request through table.insert
-- run: decide
-- expect: error request is read-only
-- line: 5
table.insert(request, 1)

-- attack: the same through table.insert
-- run: both
-- expect: error string is read-only
-- line: 5
table.insert(string, 1)

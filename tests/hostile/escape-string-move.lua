-- attack: the same through table.move
-- run: both
-- expect: error string is read-only
-- line: 5
table.move({ 1 }, 1, 1, 1, string)

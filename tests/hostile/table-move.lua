-- attack: table.move over a huge range
-- run: both
-- expect: stopped by steps
-- line: 5
table.move({}, 1, 1 << 62, 2)

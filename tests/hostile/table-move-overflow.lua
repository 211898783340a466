-- attack: table.move with positions that wrap round
-- run: both
-- expect: error too many elements to move
-- line: 5
table.move({}, math.mininteger, math.maxinteger, 1)

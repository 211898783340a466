-- attack: positions that overflow
-- run: both
-- expect: error position out of bounds
-- line: 6
local t = {}
table.insert(t, math.mininteger, 1)

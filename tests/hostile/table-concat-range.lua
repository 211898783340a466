-- attack: table.concat over a range that wraps round
-- run: both
-- expect: error invalid value (
-- line: 5
local s = table.concat({}, "", math.maxinteger - 1, math.maxinteger)

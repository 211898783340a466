-- attack: a range that overflows
-- run: both
-- expect: error too many results to unpack
-- line: 5
local n = select("#", table.unpack({}, math.mininteger, math.maxinteger))

-- attack: select far before the first
-- run: both
-- expect: error index out of range
-- line: 5
local x = select(math.mininteger, 1)

-- attack: division by zero
-- run: both
-- expect: error attempt to divide by zero
-- line: 5
local n = 1 // 0

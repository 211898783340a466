-- attack: table.concat of nothing over a huge range
-- run: both
-- expect: error invalid value (
-- line: 5
local s = table.concat({}, "", 1, 1 << 62)

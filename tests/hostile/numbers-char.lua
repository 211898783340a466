-- attack: a character past all
-- run: both
-- expect: error value out of range
-- line: 5
local s = string.char(1 << 40)

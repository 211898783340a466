-- attack: a length that overflows
-- run: both
-- expect: error resulting string too large
-- line: 5
local s = ("xxxx"):rep(1 << 62)

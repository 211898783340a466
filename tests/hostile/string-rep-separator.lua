-- attack: a separator that overflows
-- run: both
-- expect: error resulting string too large
-- line: 5
local s = (""):rep(1 << 62, ("x"):rep(4))

-- attack: a text of a gigabyte
-- run: both
-- expect: stopped
local s = ("x"):rep(1 << 30)

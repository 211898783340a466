-- attack: nothing, as often as can be
-- run: both
-- expect: stopped by steps
-- line: 5
local s = (""):rep(math.maxinteger)

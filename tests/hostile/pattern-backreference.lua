-- attack: comparing long captures at every position
-- run: both
-- expect: stopped by steps
-- line: 6
local s = ("a"):rep(30000)
s:find("(.*)b%1")

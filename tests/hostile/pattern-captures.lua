-- attack: three lazy captures over a long text
-- run: both
-- expect: stopped by steps
-- line: 6
local s = ("a"):rep(20000)
s:match("(.-)(.-)(.-)b")

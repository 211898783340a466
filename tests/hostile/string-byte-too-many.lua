-- attack: more bytes than the stack may grow to
-- run: decide
-- expect: error stack overflow
local s = ("x"):rep(200000)
local n = select("#", s:byte(1, -1))

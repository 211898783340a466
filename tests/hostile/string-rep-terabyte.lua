-- attack: a text of a terabyte
-- run: both
-- expect: error 
local s = ("x"):rep(1 << 40)

-- attack: a number too long to be one
-- run: both
-- expect: fine
local s = ("1"):rep(200000)
assert(tonumber(s) == nil)
assert(tonumber("0x" .. s) == nil)
return reject(WSAEUSERS)

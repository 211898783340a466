-- attack: the string library through a value
-- run: both
-- expect: fine
local s = ("").format
assert(s == string.format)
assert(type(string) == "table" and next(string) == nil)
return reject(WSAEUSERS)

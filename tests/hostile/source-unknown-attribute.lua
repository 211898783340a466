-- attack: an attribute that Lua does not know
-- run: load
-- expect: error unknown attribute 'gc'
local x <gc> = 1

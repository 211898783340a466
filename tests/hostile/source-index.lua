-- attack: a chain of 100,000 indices
-- run: load
-- expect: error attempt to index a nil value
local t = {}
local x = t
--@ 100000 .a

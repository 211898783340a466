-- attack: a chain of 100,000 concatenations
-- run: load
-- expect: error overflow
local x = "a"
--@ 100000 .. "a"

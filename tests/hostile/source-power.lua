-- attack: a chain of 100,000 powers
-- run: load
-- expect: error overflow
local x = 2
--@ 100000 ^ 2

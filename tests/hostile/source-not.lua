-- attack: a chain of 100,000 nots
-- run: load
-- expect: error overflow
local x =
--@ 100000 not 

-- attack: a chain of 100,000 signs
-- run: load
-- expect: error overflow
local x =
--@ 100000 - 

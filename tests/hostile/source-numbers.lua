-- attack: half a million numbers with exponents
-- run: load
-- expect: fine
local x
--@ 300000 x=4.9e-324;

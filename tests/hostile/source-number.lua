-- attack: a number of a million digits
-- run: load
-- expect: error malformed number
local x =
--@ 1000000 9

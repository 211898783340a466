-- attack: parentheses nested 100,000 deep
-- run: load
-- expect: error overflow
local x =
--@ 100000 (

-- attack: an identifier of a million letters
-- run: load
-- expect: error unknown name 'xxxxxx
local n = 0
n =
--@ 1000000 x

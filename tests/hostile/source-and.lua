-- attack: a chain of 60,000 ands
-- run: load
-- expect: stopped
local a
local x = a
--@ 600000  and a

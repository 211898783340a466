-- attack: a text of 3 million bytes
-- run: load
-- expect: fine
local s = [[
--@ 3000000 x
]]

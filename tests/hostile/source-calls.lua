-- attack: a chain of 100,000 calls
-- run: load
-- expect: error attempt to call a nil value
local f = function() end
local x = f
--@ 100000 ()

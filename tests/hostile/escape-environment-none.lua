-- attack: no environment at all
-- run: load
-- expect: error attempt to index a nil value
-- line: 6
local _ENV = nil
rule { }

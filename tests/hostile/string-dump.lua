-- attack: bytecode of a function
-- run: both
-- expect: error string has no field 'dump'
-- line: 5
local s = string.dump(function() end)

-- attack: what the string library no longer holds
-- run: both
-- expect: error string has no field 'dump'
-- line: 5
local f = (""):dump()

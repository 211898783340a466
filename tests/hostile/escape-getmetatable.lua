-- attack: metatables
-- run: load
-- expect: error 'getmetatable' is not part of the policy language
-- line: 5
local m = getmetatable("")

-- attack: %p, which would tell addresses
-- run: both
-- expect: error invalid conversion '%p' to 'format'
-- line: 5
local s = ("%p"):format({})

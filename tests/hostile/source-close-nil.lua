-- attack: a variable to close that is nothing
-- run: both
-- expect: fine
local x <close> = nil
local y <const> = 1
return reject(WSAEUSERS)

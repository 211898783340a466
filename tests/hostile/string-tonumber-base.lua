-- attack: a number of half a million digits
-- run: both
-- expect: stopped by steps
-- line: 7
local s = ("z"):rep(200000)
while true do
  local n = tonumber(s, 36)
end

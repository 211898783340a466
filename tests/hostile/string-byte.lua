-- attack: many bytes as arguments
-- run: both
-- expect: stopped by steps
-- line: 7
local s = ("x"):rep(10000)
while true do
  local n = select("#", s:byte(1, -1))
end

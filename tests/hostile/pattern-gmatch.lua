-- attack: gmatch that starts over
-- run: both
-- expect: stopped by steps
local s = ("x"):rep(9000)
while true do
  for c in s:gmatch("()") do
  end
end

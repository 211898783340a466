-- attack: comparison of long equal texts
-- run: both
-- expect: stopped by steps
-- line: 7
local a, b = ("x"):rep(100000) .. "y", ("x"):rep(100000) .. "y"
while true do
  local less, same = a < b, a == b
end

-- attack: plain find, quadratic
-- run: both
-- expect: stopped by steps
-- line: 7
local s, p = ("a"):rep(20000), ("a"):rep(10000) .. "b"
while true do
  s:find(p, 1, true)
end

-- attack: long texts as keys
-- run: both
-- expect: stopped by steps
-- line: 8
local a, b = ("x"):rep(100000) .. "y", ("x"):rep(100000) .. "y"
local t = { [a] = 1 }
while true do
  t[b] = t[b] + 1
end

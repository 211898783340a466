-- attack: %f with a large class at every position
-- run: both
-- expect: stopped by steps
-- line: 8
local s = ("a"):rep(20000)
local class = "%f[" .. ("b"):rep(2000) .. "]"
while true do
  s:find(class)
end

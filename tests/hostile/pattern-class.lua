-- attack: a large class at every position
-- run: both
-- expect: stopped by steps
-- line: 8
local s = ("a"):rep(20000)
local class = "[" .. ("b-c"):rep(700) .. "]"
while true do
  s:find(class)
end

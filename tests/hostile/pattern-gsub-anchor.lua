-- attack: gsub of every character by two
-- run: both
-- expect: stopped
local s = "x"
while true do
  s = s:gsub("x", "%0%0")
end

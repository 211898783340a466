-- attack: table.concat of many
-- run: both
-- expect: stopped by steps
-- line: 10
local t = {}
for i = 1, 9000 do
  t[i] = "some text"
end
while true do
  local s = table.concat(t)
end

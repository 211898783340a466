-- attack: many arguments
-- run: both
-- expect: stopped by steps
-- line: 10
local t = {}
for i = 1, 5000 do
  t[i] = 65
end
while true do
  local s = string.char(table.unpack(t))
end

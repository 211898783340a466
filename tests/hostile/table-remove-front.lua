-- attack: table.remove at the front
-- run: both
-- expect: stopped by steps
local t = {}
for i = 1, 10000 do
  t[i] = i
end
while true do
  table.remove(t, 1)
  table.insert(t, 1, 0)
end

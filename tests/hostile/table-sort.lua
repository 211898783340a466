-- attack: sorting, again and again
-- run: both
-- expect: stopped by steps
local t = {}
for i = 1, 5000 do
  t[i] = 5000 - i
end
while true do
  table.sort(t)
end

-- attack: a comparator that changes what is sorted
-- run: both
-- expect: stopped
local t = {}
for i = 1, 1000 do
  t[i] = i % 10
end
while true do
  table.sort(t, function(a, b)
    t[#t + 1] = 1
    return a < b
  end)
end

-- attack: a table with a million keys
-- run: both
-- expect: stopped
local t = {}
for i = 1, 1000000 do
  t["k" .. i] = i
end

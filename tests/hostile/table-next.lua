-- attack: next over a table that was emptied
-- run: both
-- expect: stopped by steps
-- line: 13
local t = {}
for i = 1, 20000 do
  t[i] = i
end
for i = 1, 20000 do
  t[i] = nil
end
while true do
  next(t)
end

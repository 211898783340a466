-- attack: table.insert at the front
-- run: both
-- expect: stopped by steps
-- line: 7
local t = {}
while true do
  table.insert(t, 1, 0)
end

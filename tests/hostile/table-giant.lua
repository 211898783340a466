-- attack: a table of tables
-- run: both
-- expect: stopped
-- line: 7
local t = {}
while true do
  t[#t + 1] = {}
end

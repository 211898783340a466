-- attack: a length that has to be searched for
-- run: both
-- expect: stopped by steps
-- line: 10
local t = {}
for i = 0, 62 do
  t[1 << i] = true
end
while true do
  local n = #t + #t + #t + #t + #t + #t + #t + #t
end

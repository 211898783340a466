-- attack: an endless loop
-- run: both
-- expect: stopped by steps
-- line: 7
local n = 0
while true do
  n = n + 1
end

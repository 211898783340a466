-- attack: much work without a jump: calls of functions that are one long line
-- run: both
-- expect: stopped by steps
local function work(a)
--@ 5000 a = a + 1 
  return a
end
while true do
  work(1)
end

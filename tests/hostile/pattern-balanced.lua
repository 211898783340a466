-- attack: %b from every position
-- run: both
-- expect: stopped by steps
-- line: 7
local s = ("("):rep(20000)
while true do
  s:find("%b()")
end

-- attack: a text of nothing but continuation bytes
-- run: both
-- expect: stopped by steps
-- line: 7
local s = ("\x80"):rep(200000)
while true do
  local n = utf8.offset(s, 0, 150000)
end

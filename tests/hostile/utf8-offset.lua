-- attack: utf8.offset across a long text
-- run: both
-- expect: stopped by steps
-- line: 7
local s = ("\u{20ac}"):rep(60000)
while true do
  local n = utf8.offset(s, 50000)
end

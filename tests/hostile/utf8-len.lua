-- attack: utf8.len of a long text
-- run: both
-- expect: stopped by steps
-- line: 7
local s = ("x"):rep(200000)
while true do
  local n = utf8.len(s)
end

-- attack: upper case of a long text
-- run: both
-- expect: stopped by steps
-- line: 7
local s = ("x"):rep(200000)
while true do
  local t = s:upper()
end

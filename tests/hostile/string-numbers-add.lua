-- attack: arithmetic on texts
-- run: both
-- expect: stopped by steps
-- line: 7
local s = "0." .. ("0"):rep(190) .. "12345"
while true do
  local n = s + s
end

-- attack: texts of 199 digits as numbers
-- run: both
-- expect: stopped by steps
-- line: 7
local s = "0." .. ("0"):rep(190) .. "12345"
while true do
  local n = math.abs(s) + math.abs(s) + math.abs(s) + math.abs(s)
end

-- attack: verdicts made and thrown away
-- run: both
-- expect: stopped by steps
-- line: 6
while true do
  local v = reject(WSAEACCES, "no")
end

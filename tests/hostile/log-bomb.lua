-- attack: log() without end
-- run: both
-- expect: stopped by steps
-- line: 7
local s = ("x"):rep(1000)
while true do
  log(s)
end

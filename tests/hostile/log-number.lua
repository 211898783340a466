-- attack: log() of numbers without end
-- run: both
-- expect: stopped by steps
-- line: 6
while true do
  log(1.5)
end

-- attack: numbers as texts
-- run: both
-- expect: stopped by steps
-- line: 6
while true do
  local s = 1.7976931348623157e308 .. 5e-324
end

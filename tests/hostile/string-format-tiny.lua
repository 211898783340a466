-- attack: the smallest number with all its digits
-- run: both
-- expect: stopped by steps
-- line: 6
while true do
  local s = ("%.99g"):format(5e-324)
end

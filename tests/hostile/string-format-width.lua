-- attack: numbers with 99 digits behind the point
-- run: both
-- expect: stopped by steps
-- line: 6
while true do
  local s = ("%99.99f"):format(1.7976931348623157e308)
end

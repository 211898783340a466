-- attack: many values, again and again
-- run: both
-- expect: stopped by steps
-- line: 6
while true do
  local n = select("#", table.unpack({}, 1, 5000))
end

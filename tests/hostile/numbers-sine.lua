-- attack: sines of huge angles
-- run: both
-- expect: stopped by steps
-- line: 8
local c
local sin, tan = math.sin, math.tan
while true do
  c = sin(1.7976931348623157e308) + tan(1.6e308)
end

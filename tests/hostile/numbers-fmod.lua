-- attack: math.fmod of the same
-- run: both
-- expect: stopped by steps
-- line: 8
local a, b, c = 1.7976931348623157e308, 5e-324, 0
local fmod = math.fmod
while true do
  c = fmod(a, b) + fmod(a, b) + fmod(a, b)
end

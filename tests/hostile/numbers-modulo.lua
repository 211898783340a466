-- attack: floating-point remainders that take their time
-- run: both
-- expect: stopped by steps
-- line: 7
local a, b, c = 1.7976931348623157e308, 5e-324, 0
while true do
  c = a % b + a % b + a % b + a % b + a % b + a % b + a % b + a % b
end

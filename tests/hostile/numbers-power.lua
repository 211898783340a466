-- attack: powers that take their time
-- run: both
-- expect: stopped by steps
-- line: 7
local a, c = 1.0000000000000002, 0
while true do
  c = a ^ 4503599627370497.0 + a ^ -4503599627370497.0 + 5e-324 ^ 0.1
end

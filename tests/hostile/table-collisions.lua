-- attack: integer keys that all fall into one chain
-- run: both
-- expect: stopped
local t = {}
for i = 1, 1000000 do
  t[i * 1023 * 2047 * 4095] = i
end

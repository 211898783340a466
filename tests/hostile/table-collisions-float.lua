-- attack: float keys that all fall into one chain
-- run: both
-- expect: stopped
local t = {}
for i = 1, 1000000 do
  t[2.0 ^ (i % 1000) + 0.5 ^ (i // 1000)] = i
end

-- attack: a full heap of small objects, and ever new ones
-- run: both
-- expect: stopped
local keep = {}
for i = 1, 5000 do
  keep[i] = { {} }
end
while true do
  local t = { { { {} } } }
end

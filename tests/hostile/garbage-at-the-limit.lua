-- attack: just under the memory limit, so that each allocation collects
-- run: both
-- expect: stopped
local keep = {}
local half = ("x"):rep(400000)
local i = 0
while true do
  i = i + 1
  keep[i % 9000 + 1] = { i }
end

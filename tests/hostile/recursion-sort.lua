-- attack: a comparator that sorts with itself
-- run: both
-- expect: error C stack overflow
local function less()
  local t = { 3, 1, 2 }
  table.sort(t, less)
end
less()

-- attack: a killer sequence for quicksort with a pinned pivot
-- run: both
-- expect: stopped by steps
-- McIlroy's adversary: values are settled while they are compared.
local n = 3000
local solid, candidate, gas = 0, 0, n
local value, order = {}, {}
for i = 1, n do
  value[i], order[i] = gas, i
end
table.sort(order, function(a, b)
  if value[a] == gas and value[b] == gas then
    local chosen = a == candidate and a or b
    value[chosen] = solid
    solid = solid + 1
  end
  if value[a] == gas then
    candidate = a
  elseif value[b] == gas then
    candidate = b
  end
  return value[a] < value[b]
end)
while true do
  local copy = table.move(value, 1, n, 1, {})
  table.sort(copy)
end

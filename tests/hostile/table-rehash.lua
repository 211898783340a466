-- attack: a table made to grow and shrink
-- run: both
-- expect: stopped by steps
while true do
  local t = {}
  for i = 1, 1025 do
    t[i * 7919] = i
  end
end

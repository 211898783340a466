-- attack: an iterator that never ends, in C
-- run: both
-- expect: stopped by steps
for value in next, { 1 }, nil do
  for again in ("x"):rep(1000):gmatch("") do
  end
  local t = { 1, 2, 3 }
  while next(t) do
  end
end

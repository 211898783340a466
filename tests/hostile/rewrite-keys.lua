-- attack: a rewrite with a huge table
-- run: decide
-- expect: error rewrite has no field
local t = {}
for i = 1, 5000 do
  t["k" .. i] = 1
end
return rewrite(t)

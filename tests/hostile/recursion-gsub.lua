-- attack: string.gsub whose callback calls string.gsub
-- run: both
-- expect: error C stack overflow
local function f()
  return (("x"):gsub(".", f))
end
f()

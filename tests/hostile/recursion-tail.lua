-- attack: a function that calls itself in its tail and needs no stack
-- run: both
-- expect: stopped by steps
-- line: 6
local function f()
  return f()
end
f()

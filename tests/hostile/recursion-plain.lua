-- attack: a function that calls itself
-- run: both
-- expect: stopped by memory
-- line: 6
local function f()
  return 1 + f()
end
f()

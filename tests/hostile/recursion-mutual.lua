-- attack: two functions that call each other
-- run: both
-- expect: stopped by memory
local f, g
function f()
  return 1 + g()
end
function g()
  return 1 + f()
end
f()

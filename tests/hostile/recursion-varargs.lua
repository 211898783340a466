-- attack: recursion that takes its arguments along
-- run: both
-- expect: stopped
local function f(...)
  return f(1, ...)
end
f()

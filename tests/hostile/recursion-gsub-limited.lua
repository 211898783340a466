-- attack: callbacks of string.gsub nested as deep as may be, over and over
-- run: both
-- expect: stopped by steps
local function f(n)
  return function()
    if n < 7 then
      ("x"):gsub(".", f(n + 1))
    end
  end
end
while true do
  f(0)()
end

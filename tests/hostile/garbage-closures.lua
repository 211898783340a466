-- attack: closures made and thrown away
-- run: both
-- expect: stopped by steps
local f
while true do
  f = function()
    return f
  end
end

-- attack: closures over 200 variables
-- run: both
-- expect: stopped by steps
local f
--@@ 190 local v%d = %d 
local function g()
  while true do
    f = function() return
--@@ 189 v%d,
    v190 end
  end
end
g()

-- attack: closures over the variables of one long frame
-- run: both
-- expect: stopped by steps
local f
--@@ 190 local v%d = %d 
while true do
  f = function() return
--@@ 189 v%d,
  v190 end
end

-- attack: 300 upvalues in one function
-- run: load
-- expect: error too many upvalues
--@@ 150 local a%d = %d 
local function f()
--@@ 150 local b%d = %d 
  return function()
    return 0
--@@ 150 + a%d + b%d
  end
end

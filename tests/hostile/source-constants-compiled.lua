-- attack: 190 compile-time constants in scope of a long function
-- run: load
-- expect: error 
--@@ 190 local c%d <const> = %d 
local v
--@ 800000 v=v;

-- attack: 200,000 different constants
-- run: load
-- expect: fine
local t = {}
--@@ 100000 t[1] = %d.5; 

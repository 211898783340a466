-- attack: 100,000 labels
-- run: load
-- expect: stopped by steps
local a
--@@ 100000 ::l%d:: a=1 

-- attack: a table of 300,000 items
-- run: load
-- expect: fine
local t = {
--@@ 300000 %d,
}

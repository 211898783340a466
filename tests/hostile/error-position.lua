-- attack: an error that pretends to come from another file
-- run: both
-- expect: error 90-after.lua:7: broken
error("90-after.lua:7: broken", 0)

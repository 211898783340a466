-- attack: a text of 600,000 escapes
-- run: load
-- expect: fine
local s = "\z
--@ 600000 \x5c065
"

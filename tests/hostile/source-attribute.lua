-- attack: variables that close themselves
-- run: load
-- expect: error variable 'x' got a non-closable value
local x <close> = {}

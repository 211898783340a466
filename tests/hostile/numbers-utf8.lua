-- attack: a code point past all
-- run: both
-- expect: error value out of range
-- line: 5
local s = utf8.char(-1)

-- attack: a list that holds itself
-- run: load
-- expect: error must be a number
-- line: 7
local t = {}
t[1] = t
rule { type = t, verdict = allow() }

-- attack: chance
-- run: load
-- expect: error math has no field 'random'
-- line: 5
local n = math.random()

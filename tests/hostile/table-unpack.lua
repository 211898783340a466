-- attack: more values than the stack holds
-- run: both
-- expect: error too many results to unpack
-- line: 5
local n = select("#", table.unpack({}, 1, 1e8))

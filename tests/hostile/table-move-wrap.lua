-- attack: table.move whose destination wraps round
-- run: both
-- expect: error destination wrap around
-- line: 5
table.move({}, 1, math.maxinteger, 2)

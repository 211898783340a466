-- attack: a mistake in each of a million rules
-- run: load
-- expect: error a rule has no field
-- line: 6
for i = 1, 1000000 do
  rule { tpye = 1, verdict = allow() }
end

-- attack: a for loop whose counter no longer grows
-- run: both
-- expect: stopped by steps
-- line: 5
for i = 1.0, 1e300 do
end

-- attack: a for loop whose counter would wrap round
-- run: both
-- expect: stopped by steps
-- line: 5
for i = math.mininteger, math.maxinteger, 1 do
end

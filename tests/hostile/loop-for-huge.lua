-- attack: a for loop to the largest integer
-- run: both
-- expect: stopped by steps
-- line: 5
for i = 1, math.maxinteger do
end

-- attack: a constant of everybody
-- run: both
-- expect: error math is read-only
-- line: 5
math.pi = 3

-- attack: a pattern that takes exponential time
-- run: both
-- expect: stopped by steps
-- line: 5
(("a"):rep(26)):find(("a-"):rep(12) .. "b")

-- attack: the same with ?
-- run: both
-- expect: stopped by steps
-- line: 5
(("a"):rep(60)):find(("a?"):rep(60) .. ("a"):rep(60) .. "b")

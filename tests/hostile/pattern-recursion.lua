-- attack: a pattern that takes matching to its depth limit
-- run: both
-- expect: error pattern too complex
(("x"):rep(300)):find(("(x"):rep(30) .. (")"):rep(30) .. ("x?"):rep(250))

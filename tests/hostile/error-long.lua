-- attack: an error of 100,000 characters
-- run: both
-- expect: error xxx
error(("x"):rep(100000))

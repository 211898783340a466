-- attack: an error that blames a level that is not there
-- run: both
-- expect: error boom
error("boom", math.maxinteger)

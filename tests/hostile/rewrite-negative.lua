-- attack: a family that no socket can have
-- run: decide
-- expect: error is not a valid af
return rewrite { af = -1 }

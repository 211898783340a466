-- attack: a family that no socket can have
-- run: decide
-- expect: error that a socket can have
return rewrite { af = -1 }

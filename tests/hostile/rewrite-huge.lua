-- attack: a type past 32 bits
-- run: decide
-- expect: error that a socket can have
return rewrite { type = 1 << 40 }

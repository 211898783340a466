-- attack: a type past 32 bits
-- run: decide
-- expect: error is not a valid type
return rewrite { type = 1 << 40 }

-- attack: several verdicts: the first counts
-- run: decide
-- expect: fine
return reject(WSAEUSERS), allow(), rewrite { type = SOCK_DGRAM }

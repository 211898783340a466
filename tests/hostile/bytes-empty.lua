-- attack: nothing at all
-- run: bytes
-- expect: fine


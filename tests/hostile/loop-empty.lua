-- attack: an endless loop with nothing in it
-- run: both
-- expect: stopped by steps
-- line: 6
repeat
until false

-- attack: an endless loop without a loop word
-- run: both
-- expect: stopped by steps
-- line: 6
::again::
goto again

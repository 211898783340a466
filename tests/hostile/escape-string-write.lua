-- attack: a method of our own for all strings
-- run: both
-- expect: error string is read-only
-- line: 5
string.trusted = function() end

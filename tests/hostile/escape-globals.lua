-- attack: _G
-- run: load
-- expect: error '_G' is not part of the policy language
-- line: 5
_G.reject = allow

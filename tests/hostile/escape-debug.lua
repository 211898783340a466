-- attack: the debug library
-- run: load
-- expect: error 'debug' is not part of the policy language
-- line: 5
debug.getregistry()

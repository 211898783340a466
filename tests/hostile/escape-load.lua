-- attack: load
-- run: load
-- expect: error 'load' is not part of the policy language
-- line: 5
load("return 1")()

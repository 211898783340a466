-- attack: require
-- run: load
-- expect: error 'require' is not part of the policy language
-- line: 5
require("os").exit()

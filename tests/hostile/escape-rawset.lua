-- attack: rawset
-- run: load
-- expect: error 'rawset' is not part of the policy language
-- line: 5
rawset(string, "rep", nil)

-- attack: files
-- run: load
-- expect: error 'io' is not part of the policy language
-- line: 5
io.open("/etc/passwd")

-- attack: the system
-- run: load
-- expect: error 'os' is not part of the policy language
-- line: 5
os.exit(1)

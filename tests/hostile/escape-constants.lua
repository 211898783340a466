-- attack: a constant changed for everybody: for the own file only
-- run: policy
-- expect: fine
SOCK_RAW = 1
WSAEUSERS = 10024
reject = nil
rule = nil

-- attack: a list with a hole
-- run: load
-- expect: error this table is not a list
-- line: 5
rule { type = { [1] = SOCK_RAW, [1000000000] = SOCK_DGRAM }, verdict = allow() }

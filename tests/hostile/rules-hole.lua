-- attack: a list with a hole
-- run: load
-- expect: error this list has a key of its own
-- line: 5
rule { type = { [1] = SOCK_RAW, [1000000000] = SOCK_DGRAM }, verdict = allow() }

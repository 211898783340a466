-- attack: a misspelt constant, which would else match everything
-- run: load
-- expect: error unknown name 'SOCK_RAWW'
-- line: 5
rule { type = SOCK_RAWW, verdict = allow() }

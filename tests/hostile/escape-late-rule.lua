-- attack: a rule registered by a decision
-- run: decide
-- expect: error rule can only be called while its file is loaded
-- line: 5
rule { verdict = allow() }

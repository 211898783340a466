-- attack: a rule registered by a decision
-- run: decide
-- expect: error rule registers a step
-- line: 5
rule { verdict = allow() }

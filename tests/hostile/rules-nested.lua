-- attack: none_of inside none_of
-- run: load
-- expect: error none_of inside none_of
-- line: 5
rule { type = none_of(none_of { 1 }), verdict = allow() }

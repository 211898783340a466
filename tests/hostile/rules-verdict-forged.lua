-- attack: a table where the verdict should be
-- run: load
-- expect: error verdict must be allow(), reject(code) or rewrite
-- line: 5
rule { verdict = { action = "reject" } }

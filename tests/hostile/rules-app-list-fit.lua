-- attack: a rule with 60,000 names
-- run: load
-- expect: fine
local names = {}
for i = 1, 60000 do
  names[i] = "x" .. i
end
rule { app = names, verdict = allow() }

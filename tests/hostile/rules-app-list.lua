-- attack: a rule with a million names
-- run: load
-- expect: stopped
local names = {}
for i = 1, 1000000 do
  names[i] = "x" .. i
end
rule { app = names, verdict = allow() }

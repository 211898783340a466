-- attack: globs on the provider, which are matched at each decision
-- run: policy
-- expect: fine
local names = {}
for i = 1, 3000 do
  names[i] = ("*" .. ("?"):rep(10)):rep(40) .. "b" .. i
end
rule { provider = names, verdict = allow() }

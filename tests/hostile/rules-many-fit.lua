-- attack: 50,000 rules, all walked
-- run: policy
-- expect: fine
for i = 1, 40000 do
  rule { type = SOCK_RAW, protocol = i + 1000, verdict = allow() }
end

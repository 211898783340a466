-- attack: rewrites there and back, 200 times
-- run: policy
-- expect: fine reject 10068
for i = 1, 200 do
  rule { type = SOCK_RAW, verdict = rewrite { type = SOCK_SEQPACKET } }
  rule { type = SOCK_SEQPACKET, verdict = rewrite { type = SOCK_RAW } }
end

-- attack: as many rules as fit
-- run: load
-- expect: stopped
for i = 1, 1000000 do
  rule { type = SOCK_RAW, protocol = i, verdict = allow() }
end

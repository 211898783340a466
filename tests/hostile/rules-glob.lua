-- attack: globs that try everything
-- run: load
-- expect: stopped by steps
-- line: 8
-- app: a
local pattern = ("*a"):rep(1000) .. "b"
for i = 1, 1000000 do
  rule { app = pattern, verdict = allow() }
end

-- attack: names of rules that fill the memory
-- run: load
-- expect: stopped
-- line: 7
local name = ("x"):rep(1000000)
while true do
  rule { name = name, verdict = allow() }
end

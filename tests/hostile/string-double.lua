-- attack: a text that doubles
-- run: both
-- expect: stopped
-- line: 7
local s = "x"
while true do
  s = s .. s
end

-- attack: a text built one character at a time
-- run: both
-- expect: stopped
-- line: 7
local s = ""
while true do
  s = s .. "x"
end

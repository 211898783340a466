-- attack: a replacement of a quarter million empty captures
-- run: both
-- expect: stopped by steps
-- line: 8
local replacement = ("%1"):rep(30000)
local s = ("x"):rep(1000)
while true do
  s:gsub("(y-)", replacement)
end

-- attack: three characters of a long text, again and again
-- run: both
-- expect: stopped by steps
local s = ("x"):rep(400000)
local f = ("%.1s"):rep(50)
while true do
  local t = f:format(
--@ 49 s, 
  s)
end

-- attack: tables of nothing, again and again
-- run: both
-- expect: stopped by steps
while true do
  local t = {
--@ 1000 nil,
  }
end

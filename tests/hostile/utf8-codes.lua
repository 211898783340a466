-- attack: utf8.codes over continuation bytes
-- run: both
-- expect: stopped by steps
local s = ("\u{20ac}"):rep(9000)
while true do
  for p, c in utf8.codes(s) do
  end
end

-- attack: table.pack of many
-- run: both
-- expect: stopped by steps
while true do
  local t = table.pack(table.unpack({}, 1, 5000))
end

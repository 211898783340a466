-- attack: the texts of values tell no addresses
-- run: both
-- expect: fine
local values = { {}, function() end, string.rep, reject(WSAEACCES), none_of { 1 } }
for i = 1, #values do
  assert(not tostring(values[i]):find("%d"), tostring(values[i]))
  assert(not ("%s"):format(values[i]):find("%d"))
end
return reject(WSAEUSERS)

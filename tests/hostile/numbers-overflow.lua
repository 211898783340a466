-- attack: integers that overflow where they can
-- run: both
-- expect: fine
local s = "sockwarden"
assert(s:sub(math.mininteger, math.maxinteger) == s)
assert(s:sub(math.maxinteger, math.mininteger) == "")
assert(select("#", s:byte(math.mininteger, math.mininteger)) == 0)
assert(s:rep(math.mininteger) == "")
assert(math.mininteger // -1 == math.mininteger)
assert(math.mininteger % -1 == 0)
assert(math.fmod(math.mininteger, -1) == 0)
assert(1 << 64 == 0 and 1 >> math.mininteger == 0)
assert(math.abs(math.mininteger) == math.mininteger)
assert(select("#", table.unpack({}, math.maxinteger, math.mininteger)) == 0)
assert(s:find("s", math.mininteger) == 1 and s:find("s", math.maxinteger) == nil)
assert(utf8.char(0x7fffffff) ~= "")
assert(table.move({}, math.maxinteger, math.mininteger, 1))
for i = math.maxinteger - 1, math.maxinteger do
  assert(i > 0)
end
return reject(WSAEUSERS)

local t = { 3, 1, 2 }
table.sort(t, function(a, b) return a > b end)
table.insert(t, 1, table.remove(t)); table.move(t, 1, 3, 2)
assert(select("#", table.unpack(table.pack(1, nil, 3))) == 2 + 1)
local s = ("aXbX"):gsub("%u", { X = "y" }):rep(3, ","):upper():lower():reverse():sub(2, -2)
for w in s:gmatch("[^,]+") do t[w] = w:find("b", 1, true) or w:match("^(%a)()") end
for p, c in utf8.codes("aé\u{1F600}") do t[p] = utf8.char(c, utf8.codepoint("é")) .. utf8.len("é") .. utf8.offset("aé", 2) end
local m = math.max(1, math.floor(2.5), math.tointeger(3.0) or 0, math.ult(1, 2) and 1 or 0) // 1 % 3 << 2 ~ 5
goto done
do local x <const>, y <close> = 1, nil end
::done::
on_socket(function(r) return error({ 1 }) end)
on_socket(function(r) return ("x"):rep(m * 1e5):find(("a-"):rep(20) .. "b") end)

-- attack: _ENV: own names only, and nothing behind it
-- run: policy
-- expect: fine
mine = 1
local seen = {}
for name in pairs(_ENV) do
  seen[#seen + 1] = name
end
assert(#seen == 1 and seen[1] == "mine")
assert(next(_ENV) == "mine")
_ENV.reject = allow
on_socket(function(request)
  if request.type == SOCK_RAW then
    return nil
  end
end)

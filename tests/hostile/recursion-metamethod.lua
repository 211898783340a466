-- attack: metamethods, which nobody can set
-- run: load
-- expect: error 'setmetatable' is not part of the policy language
-- line: 5
setmetatable({}, { __index = function(t, k)
  return t[k]
end })

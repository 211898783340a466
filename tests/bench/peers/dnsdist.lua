-- dnsdist: rules of three conditions each, as its own benchRule measures them (random queries made by dnsdist; only the
-- evaluation). Its rules are about DNS, so these are of the same shape, not the same.
setLocal("127.0.0.1:" .. os.getenv("DNSDIST_PORT"))
controlSocket("127.0.0.1:" .. (os.getenv("DNSDIST_PORT") + 1))
setKey(os.getenv("DNSDIST_KEY"))
function rules(count)
  local all = {}
  for i = 1, count do
    all[i] = AndRule { OpcodeRule(0), QClassRule(1), QTypeRule(30000 + i) }
  end
  return OrRule(all)
end

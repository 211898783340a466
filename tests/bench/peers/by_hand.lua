-- The rules by hand, for any Lua: by_hand.lua NAME COUNT. Only the calls: requests are tables made beforehand, no program
-- around it hands them over.
local name, count = arg[1], tonumber(arg[2])

local rules = {}
for i = 0, count - 2 do
  rules[i + 1] = { af = ({ 2, 23 })[math.floor(i / 3) % 2 + 1], type = i % 3 + 1, protocol = 100 + i % 150, verdict = 10013 }
end
rules[count] = { af = 2, type = 3, protocol = 1, verdict = 10013 }

local source = { "local request = ... local af, type, protocol = request.af, request.type, request.protocol\n" }
for _, rule in ipairs(rules) do
  source[#source + 1] = ("if af == %d and type == %d and protocol == %d then return 10013 end\n"):format(
    rule.af, rule.type, rule.protocol)
end
local chain = assert((loadstring or load)(table.concat(source)))

local function loop(request)
  local af, type, protocol = request.af, request.type, request.protocol
  for i = 1, #rules do
    local rule = rules[i]
    if rule.af == af and rule.type == type and rule.protocol == protocol then
      return rule.verdict
    end
  end
end

local requests = {
  { af = 2, type = 1, protocol = 6 }, { af = 2, type = 2, protocol = 17 }, { af = 23, type = 1, protocol = 6 },
  { af = 23, type = 2, protocol = 17 }, { af = 2, type = 1, protocol = 6 }, { af = 2, type = 3, protocol = 1 },
}

local function run(decide, times)
  local rejected = 0
  for i = 1, times do
    if decide(requests[(i - 1) % 6 + 1]) then rejected = rejected + 1 end
  end
  return rejected
end

local function measure(what, decide)
  assert(run(decide, 600) == 100)
  local times, took = 600, 0
  repeat
    times = times * 2
    local start = os.clock()
    run(decide, times)
    took = os.clock() - start
  until took > 0.03
  local samples = {}
  for i = 1, 5 do
    local start = os.clock()
    run(decide, times)
    samples[i] = (os.clock() - start) / times * 1e9
  end
  table.sort(samples)
  print(('{"platform":"native","group":"peers","name":"%d rules, %s %s","value":%.6g,"unit":"ns"}'):format(
    count, name, what, samples[3]))
end

measure("if-chain", chain)
measure("table loop", loop)

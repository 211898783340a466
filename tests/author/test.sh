#!/usr/bin/env bash
# sockwarden test: TAP, assertions that say what is wrong, coverage, exit statuses.
source "$(dirname "$0")/testing.sh"

policy p 10-raw.lua <<'LUA'
rule {
  name = "no raw",
  type = SOCK_RAW,
  verdict = reject(WSAEACCES, "why"),
}
rule { name = "rdm", type = SOCK_RDM, verdict = rewrite { type = SOCK_DGRAM } }
local function is_old(request)
  if request.app.name == "old.exe" then
    return true
  end
  return false
end
on_socket(function(request)
  log("seen")
  if is_old(request) then
    return reject(WSAEAFNOSUPPORT)
  end
end)
LUA
policy p 10-raw_test.lua <<'LUA'
test("raw", function() assert_reject(decide { type = SOCK_RAW }, WSAEACCES) end)
test("any code", function() assert_reject(decide { type = SOCK_RAW }) end)
test("rule", function() assert_rule(decide { type = SOCK_RAW }, "no raw") end)
test("no rule", function() assert_rule(decide {}) end)
test("tcp", function() assert_allow(decide {}) end)
test("rewrite", function() assert_rewrite(decide { type = "rdm" }, { type = SOCK_DGRAM, protocol = IPPROTO_UDP }) end)
test("fields", function()
  local a = decide { type = SOCK_RAW, protocol = 1 }
  assert_equal(a.verdict, "reject") assert_equal(a.code, WSAEACCES) assert_equal(a.error, "WSAEACCES")
  assert_equal(a.file, "10-raw.lua") assert_equal(a.line, 1) assert_equal(a.rule, "no raw") assert_equal(a.reason, "why")
  assert_equal(a.af, AF_INET) assert_equal(a.type, SOCK_RAW) assert_equal(a.protocol, 1) assert_equal(a.cost, 1)
  assert_equal(decide {}.log, "seen") assert_equal(decide {}.rule, nil)
end)
LUA

test_case "test prints TAP and exits with 0 where all pass"
run 0 test p
[ "$(grep -c '^ok [0-9]* - 10-raw_test.lua: ' out)" -eq 7 ] || wrong "not seven passed"
has "ok 1 - 10-raw_test.lua: raw"
has "1..7"
has_not "not ok"

test_case "test runs in the folder it is called in"
(cd p && "$sockwarden" test) >out 2>err || wrong "exit status"
has "1..7"

test_case "coverage by rule and line"
run 0 test p --coverage
has "# 10-raw.lua: entries 3 of 3, lines 12 of 14"
has "not reached: lines 9, 16"
has "# coverage: entries 100% (3 of 3), lines 85% (12 of 14)"

test_case "a rule that decided nothing is not covered, and none of its lines"
mkdir -p less
cp p/10-raw.lua less/
policy less 10_test.lua <<<'test("old", function() assert_reject(decide { app = "old.exe" }, WSAEAFNOSUPPORT) end)'
run 0 test less --coverage
has "entries 1 of 3"
has "not reached: rule at line 1, no raw"
has "not reached: rule at line 6, rdm"
has "not reached: lines 1-4, 6, 11"

test_case "--threshold fails below it, for entries and for lines"
run 0 test p --threshold 85
run 1 test p --threshold 86
err_has "below the threshold of 86%"
run 1 test less --threshold 50
run 0 test less --threshold 33
run 2 test p --threshold 101

test_case "coverage adds up over programs"
policy less 20_test.lua <<'LUA'
test("others", function()
  assert_reject(decide { app = "a.exe", type = SOCK_RAW }, WSAEACCES)
  assert_rewrite(decide { app = "b.exe", type = SOCK_RDM })
  assert_allow(decide { app = "c.exe" })
end)
LUA
run 0 test less --threshold 100
has "entries 3 of 3, lines 14 of 14"

# fails NAME TEXT...: the test on stdin fails with these texts.
fails() {
  test_case "a failed test is readable: $1"
  shift
  policy f 10_test.lua
  cp p/10-raw.lua f/
  run 1 test f
  has "not ok 1 - 10_test.lua: t"
  for text in "$@"; do has "$text"; done
  rm -r f
}

fails "rejected instead of allowed" 'expected: "allow"' 'actual: "reject WSAEACCES (10013)"' \
  'decided by: "10-raw.lua:1 rule \"no raw\""' 'request: "AF_INET SOCK_RAW by C:\\x.exe, elevated"' 'at: 10_test.lua:1' 'message: "ping: expected allow' \
  <<<'test("t", function() assert_allow(decide { type = SOCK_RAW, app = { path = [[C:\x.exe]], elevated = true } }, "ping") end)'
fails "allowed instead of rejected" 'expected: "reject WSAEACCES (10013)"' 'actual: "allow"' 'decided by: "the default' \
  <<<'test("t", function() assert_reject(decide {}, WSAEACCES) end)'
fails "rejected with another code" 'expected: "reject WSAEMFILE (10024)"' 'actual: "reject WSAEACCES (10013)"' \
  <<<'test("t", function() assert_reject(decide { type = SOCK_RAW }, WSAEMFILE) end)'
fails "rewritten to something else" 'expected: "rewrite to SOCK_STREAM"' 'actual: "rewrite to AF_INET SOCK_DGRAM IPPROTO_UDP"' \
  <<<'test("t", function() assert_rewrite(decide { type = SOCK_RDM }, { type = SOCK_STREAM }) end)'
fails "another rule" 'expected: "the rule \"yes raw\" to decide"' <<<'test("t", function() assert_rule(decide { type = SOCK_RAW }, "yes raw") end)'
fails "unequal" 'expected: "2"' 'actual: "1"' <<<'test("t", function() assert_equal(1, 2) end)'
fails "a plain assert" 'message: "no"' <<<'test("t", function() assert(false, "no") end)'
fails "an unknown field in a request" "a request has no field 'tpye' (did you mean type?)" <<<'test("t", function() decide { tpye = 1 } end)'
fails "an unknown field read" "has no field 'verdcit' (did you mean verdict?)" <<<'test("t", function() return decide {}.verdcit end)'
fails "no result" "assert_allow needs the result of decide" <<<'test("t", function() assert_allow({}) end)'
fails "endless" "instruction limit reached" <<<'test("t", function() while true do end end)'
fails "memory" "memory limit reached" <<<'test("t", function() local t = {} for i = 1, 1e9 do t[i] = i end end)'

test_case "one failed test does not stop the others"
policy two 10_test.lua <<<'test("a", function() error("x") end) test("b", function() end)'
run 1 test two
has "not ok 1 - 10_test.lua: a"
has "ok 2 - 10_test.lua: b"

test_case "a test file that cannot be loaded fails, and the others run"
policy two 05_test.lua <<<'test("a", functoin() end)'
run 1 test two
has "not ok 1 - 05_test.lua"
has "ok 3 - 10_test.lua: b"

test_case "tests are in the policies' sandbox, with no entries of their own"
policy sandbox 10_test.lua <<<'rule { verdict = allow() }'
run 1 test sandbox
has "rule belongs in a policy, not in its test"
policy sandbox 10_test.lua <<<'test("t", function() os.exit(0) end)'
run 1 test sandbox
has "'os' is not part of the policy language"

test_case "tests see the policies through decide alone"
policy sandbox 10_test.lua <<<'test("t", function() log("x") assert_equal(decide {}.log, nil) end)'
run 0 test sandbox

test_case "a folder without tests, and broken policies, fail"
policy none 10-a.lua <<<'rule { verdict = allow() }'
run 1 test none
err_has "no tests in none"
policy broken 10-a.lua <<<'rule { tpye = 1 }'
policy broken 10-a_test.lua <<<'test("t", function() end)'
run 1 test broken
err_has "10-a.lua:1: error: a rule has no field 'tpye'"

test_case "test --json"
run 1 test two --json
has '{"file":"10_test.lua","name":"b","passed":true}'
has '"passed":false,"line":1,"message":"x"'
has '"passed":1,"failed":2,'
policy hints 10_test.lua <<<'test("t", function() decide { tpye = 1 } end)'
policy hints 20_test.lua <<<'test("t", functoin() end)'
run 1 test hints --json
has '"line":1,"message":"a request has no field '"'tpye'"'","subject":"tpye","correction":"type","advice":null'
has '"file":"20_test.lua","name":null,"passed":false,"line":1,"message":"'"')' expected near 'end'"'","subject":"end","correction":null'
run 0 test p --json --coverage
has '"coverage":{"entries":{"reached":3,"all":3,"percent":100},"lines":{"reached":12,"all":14,"percent":85}'
has '"missed_entries":[],"missed_lines":[9,16]'

test_case "settings are options"
policy default 10_test.lua <<<'test("t", function() assert_reject(decide {}, WSAEACCES) end)'
run 1 test default
run 0 test default --default-verdict reject
finish

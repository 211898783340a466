#!/usr/bin/env bash
# sockwarden check: every error and warning at once, at its place.
source "$(dirname "$0")/testing.sh"

# warns NAME TEXT: the policy on stdin gets exactly one warning, which holds the text.
warns() {
  test_case "check warns: $1"
  rm -rf p
  policy p 10-a.lua
  run 0 check p
  err_has "warning: "
  err_has "$2"
  has ", 1 warning"
}

# silent NAME: the policy on stdin gets neither error nor warning.
silent() {
  test_case "check is silent: $1"
  rm -rf p
  policy p 10-a.lua
  run 0 check p
  lines err 0
  has_not warning
}

test_case "check reports all mistakes of all files at once"
policy all 10-a.lua <<'LUA'
rule { name = "one", type = SOCK_RAWW,
  protocl = IPPROTO_ICMP,
  verdict = rejct(WSAEACCES) }
rule { af = "inet6", verdict = reject(1) }
on_socket(function(request)
  if request.type == SOCK_RAW then return reject(WSAEACESS) end
end)
rule(5)
LUA
policy all 20-b.lua <<<'rule { type = '
policy all 30-c.lua <<<'rule { type = SOCK_STREAM, protocol = IPPROTO_UDP, verdict = allow() }'
run 1 check all
err_has "10-a.lua:1:29: error: unknown name 'SOCK_RAWW'"
err_has "10-a.lua:2:3: error: a rule has no field 'protocl'"
err_has "10-a.lua:3:13: error: unknown name 'rejct'"
err_has "10-a.lua:4:8: error: af must be a number"
err_has "10-a.lua:4:32: error: reject: 1 is not a Winsock error"
err_has "10-a.lua:6:50: error: unknown name 'WSAEACESS'"
err_has "10-a.lua:8:1: error: rule needs a table"
err_has "20-b.lua:"
err_has "30-c.lua:1:1: warning: "
has "8 errors, 1 warning"

test_case "check shows the source line, a mark at the column, and what was meant"
err_has "    2 |   protocl = IPPROTO_ICMP,"
grep -A 1 -F '    2 |   protocl' err | grep -qxF '      |   ^' || wrong "no mark below the column"
err_has "a rule has no field 'protocl' (did you mean protocol?)"
err_has "unknown name 'SOCK_RAWW' (did you mean SOCK_RAW?)"
err_has "unknown name 'rejct' (did you mean reject?)"
err_has "unknown name 'WSAEACESS' (did you mean WSAEACCES?)"
err_has "      = advice: write AF_INET6, without quotes"
err_has "      = advice: use an error such as WSAEACCES"

test_case "check reports each mistake once"
[ "$(grep -c "unknown name 'SOCK_RAWW'" err)" -eq 1 ] || wrong "SOCK_RAWW is reported more than once"

test_case "check --json holds the same findings, and stderr is quiet"
run 1 check all --json
lines err 0
has '"errors":8,"warnings":1,"findings":['
has '{"severity":"error","file":"10-a.lua","line":2,"column":3,"message":"a rule has no field '"'protocl'"'","subject":"protocl","correction":"protocol","advice":null,"source":"  protocl = IPPROTO_ICMP,"}'
has '"severity":"warning","file":"30-c.lua","line":1'

test_case "a syntax error has the column of what Lua stumbled over"
policy syntax 10-a.lua <<<'rule { type = SOCK_RAW verdict = allow() }'
run 1 check syntax
err_has "10-a.lua:1:24: error: '}' expected near 'verdict'"

test_case "a word in a comment or a string is not taken for the mistake"
policy comment 10-a.lua <<'LUA'
rule { name = "tpye = 1", -- tpye = 1
  --[[ tpye = 1 ]] verdict = allow(),
  tpye = 1 }
LUA
run 1 check comment
err_has "10-a.lua:3:3: error: a rule has no field 'tpye'"

test_case "a finding in a rule of several lines is at the word that it is about"
policy lines 10-a.lua <<'LUA'
rule {
  name = "reject", -- reject
  type = SOCK_STREAM,
  verdict =
    reject(WSAEACCES),
}
rule {
  app = "x.exe",
  verdict = reject,
}
LUA
run 1 check lines
err_has "10-a.lua:9:13: error: verdict must be allow(), reject(code) or rewrite { ... }, not a function (did you mean reject(WSAEACCES)?)"
err_has "10-a.lua:5:5: warning: reject(WSAEACCES) on plain TCP sockets of every program"
err_has "    5 |     reject(WSAEACCES),"

test_case "a field is found where it is a field"
policy field 10-a.lua <<<'rule { name = type(1), type = "raw", verdict = allow() }'
run 1 check field
err_has "10-a.lua:1:24: error: type must be a number"

test_case "a reserved word in the wrong place has a column where it is on the line once"
policy reserved 10-a.lua <<<'local x = (1 end'
policy reserved 20-b.lua <<<'if end end'
run 1 check reserved
err_has "10-a.lua:1:14: error: ')' expected near 'end'"
err_has "20-b.lua:1: error: unexpected symbol near 'end'"

test_case "names that a file defines itself are known"
policy own 10-a.lua <<'LUA'
limit = 5
function is_raw(request) return request.type == SOCK_RAW and limit == 5 end
on_socket(function(request) if is_raw(request) then return reject(WSAEACCES) end end)
LUA
run 0 check own
lines err 0

test_case "check of a folder that is not there fails"
run 1 check nowhere
err_has "not found"

# ---- never matching ----
warns "an empty list" "no value meets its condition on app" <<<'rule { app = {}, verdict = allow() }'
warns "none_of both truths" "its condition on elevated" <<<'rule { elevated = none_of { true, false }, verdict = allow() }'
warns "UDP on a stream" "can never match: Windows has no socket" <<<'rule { type = SOCK_STREAM, protocol = IPPROTO_UDP, verdict = allow() }'
warns "a type that a family does not have" "can never match" <<<'rule { af = AF_INET6, type = SOCK_SEQPACKET, verdict = allow() }'
warns "a relative path" "can never match: a pattern with a separator" <<<'rule { app = [[tools\x.exe]], verdict = allow() }'
warns "an environment variable" "environment variables are not expanded" <<<'rule { app = [[%ProgramFiles%\x.exe]], verdict = allow() }'
silent "families of other providers" <<<'rule { af = AF_BTH, type = SOCK_STREAM, verdict = reject(WSAEAFNOSUPPORT) }'
silent "raw sockets of any protocol" <<<'rule { type = SOCK_RAW, protocol = 200, verdict = allow() }'

# ---- never reached ----
warns "shadowed by a wider rule" 'never reached: rule "wide" at 10-a.lua:1' <<'LUA'
rule { name = "wide", type = { SOCK_RAW, SOCK_RDM }, verdict = reject(WSAEACCES) }
rule { name = "narrow", type = SOCK_RAW, app = "ping.exe", verdict = allow() }
LUA
warns "the first of several that shadow is named: of one protocol" 'never reached: rule "first" at 10-a.lua:3' <<'LUA'
rule { type = SOCK_RAW, protocol = 200, app = "other.exe", verdict = allow() }
rule { type = SOCK_RAW, protocol = 201, verdict = allow() }
rule { name = "first", type = SOCK_RAW, protocol = 200, verdict = allow() }
rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }
rule { type = SOCK_RAW, protocol = { 200, 200 }, app = "scan.exe", verdict = allow() }
LUA
warns "the first of several that shadow is named: of any protocol" 'never reached: rule "first" at 10-a.lua:2' <<'LUA'
rule { type = SOCK_RAW, protocol = 201, verdict = allow() }
rule { name = "first", type = SOCK_RAW, protocol = { 199, 200 }, verdict = allow() }
rule { type = SOCK_RAW, protocol = 200, verdict = reject(WSAEACCES) }
LUA
warns "a protocol shadowed by none_of another" 'never reached: rule "wide" at 10-a.lua:1' <<'LUA'
rule { name = "wide", type = SOCK_RAW, protocol = none_of { 200 }, verdict = allow() }
rule { type = SOCK_RAW, protocol = 201, verdict = reject(WSAEACCES) }
LUA
silent "several protocols are not shadowed by one of them" <<'LUA'
rule { type = SOCK_RAW, protocol = 200, verdict = allow() }
rule { type = SOCK_RAW, protocol = { 200, 201 }, verdict = reject(WSAEACCES) }
rule { type = SOCK_RAW, protocol = none_of { 200 }, verdict = reject(WSAEACCES) }
LUA
warns "shadowed by a glob" "never reached" <<'LUA'
rule { app = [[C:\Tools\*]], type = SOCK_RAW, verdict = allow() }
rule { app = [[c:\tools\bin\*.exe]], type = SOCK_RAW, verdict = reject(WSAEACCES) }
LUA
warns "a file name shadows a path" "never reached" <<'LUA'
rule { app = "ping.exe", verdict = allow() }
rule { app = [[C:\Windows\System32\PING.EXE]], type = SOCK_RAW, verdict = reject(WSAEACCES) }
LUA
warns "a literal shadowed by none_of" "never reached" <<'LUA'
rule { app = none_of { "ping.exe" }, type = SOCK_RAW, verdict = reject(WSAEACCES) }
rule { app = "scan.exe", type = SOCK_RAW, verdict = allow() }
LUA
warns "a bare user shadows one of a domain" "never reached" <<'LUA'
rule { user = "kiosk", type = SOCK_RAW, verdict = reject(WSAEACCES) }
rule { user = [[CORP\Kiosk]], type = SOCK_RAW, verdict = allow() }
LUA
warns "a function after a rule for everything" "the function is never reached" <<'LUA'
rule { verdict = allow() }
on_socket(function() end)
LUA
warns "a rule whose calls were rewritten away" "already rewrites everything it matches" <<'LUA'
rule { type = SOCK_RAW, verdict = rewrite { type = SOCK_DGRAM } }
rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }
LUA
silent "a narrower rule first" <<'LUA'
rule { app = "ping.exe", type = SOCK_RAW, verdict = allow() }
rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }
LUA
silent "rules of different programs" <<'LUA'
rule { app = "a?.exe", type = SOCK_RAW, verdict = allow() }
rule { app = "a*.exe", type = SOCK_RAW, verdict = reject(WSAEACCES) }
rule { app = [[*\b.exe]], type = SOCK_RAW, verdict = allow() }
rule { app = "b.exe", type = SOCK_RAW, verdict = allow() }
LUA
silent "a rewrite between may lead to the later rule" <<'LUA'
rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }
on_socket(function(request) if request.shared then return rewrite { type = SOCK_RAW } end end)
rule { name = "what became raw", type = SOCK_RAW, verdict = reject(WSAEACCES) }
LUA
silent "flags: more bits are wanted later" <<'LUA'
rule { flags = WSA_FLAG_REGISTERED_IO + WSA_FLAG_OVERLAPPED, type = SOCK_RAW, verdict = allow() }
rule { flags = WSA_FLAG_OVERLAPPED, type = SOCK_RAW, verdict = reject(WSAEACCES) }
LUA
warns "flags: fewer bits were enough before" "never reached" <<'LUA'
rule { flags = WSA_FLAG_OVERLAPPED, type = SOCK_RAW, verdict = allow() }
rule { flags = WSA_FLAG_REGISTERED_IO + WSA_FLAG_OVERLAPPED, type = SOCK_RAW, verdict = reject(WSAEACCES) }
LUA

# ---- rejections ----
warns "WSAEACCES on TCP of every program" "plain TCP sockets of every program" <<<'rule { protocol = IPPROTO_TCP, verdict = reject(WSAEACCES) }'
warns "WSAEACCES on UDP of every program" "plain UDP sockets of every program" <<<'rule { type = SOCK_DGRAM, verdict = reject(WSAEACCES) }'
warns "WSAEACCES by a function" "plain TCP sockets of every program" <<<'on_socket(function(r) if r.type == SOCK_STREAM then return reject(WSAEACCES) end end)'
silent "an error that old libuv expects" <<<'rule { type = SOCK_STREAM, verdict = reject(WSAEPROTONOSUPPORT) }'
silent "WSAEACCES for a named program" <<<'rule { app = "x.exe", verdict = reject(WSAEACCES) }'
silent "WSAEACCES on raw sockets" <<<'rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }'

# ---- rewrites ----
warns "a rewrite of the family" "changes the family (AF_INET6 to AF_INET)" <<<'rule { af = AF_INET6, verdict = rewrite { af = AF_INET } }'
warns "a rewrite of the family by a function" "changes the family (AF_INET6 to AF_INET)" \
  <<<'on_socket(function(r) if r.af == AF_INET6 then return rewrite { af = AF_INET } end end)'
warns "a rewrite to what no entry serves" "turns AF_INET SOCK_STREAM IPPROTO_TCP into AF_INET SOCK_STREAM IPPROTO_ICMP, which no base provider serves" \
  <<<'rule { af = AF_INET, type = SOCK_STREAM, verdict = rewrite { protocol = IPPROTO_ICMP } }'
warns "the same by a function" "which no base provider serves" \
  <<<'on_socket(function(r) if r.type == SOCK_RAW then return rewrite { type = SOCK_SEQPACKET } end end)'
silent "a rewrite that works" <<<'rule { type = SOCK_RAW, verdict = rewrite { type = SOCK_DGRAM } }'

# ---- functions that fail ----
warns "a function that fails" "10-a.lua:2:" <<'LUA'
on_socket(function(request)
  if request.typ == SOCK_RAW then return allow() end
end)
LUA
err_has "10-a.lua:2:14: warning: the function fails for AF_INET SOCK_STREAM IPPROTO_TCP: request has no field 'typ' (did you mean type?)"
warns "a function that never ends" "instruction limit reached" <<<'on_socket(function() while true do end end)'
finish

#!/usr/bin/env bash
# sockwarden matrix: every call that the base catalog serves; what changes; what decides nothing.
source "$(dirname "$0")/testing.sh"

policy now 10-a.lua <<'LUA'
rule { name = "ping may", app = "ping.exe", type = SOCK_RAW, protocol = IPPROTO_ICMP, verdict = allow() }
rule { name = "no raw", type = SOCK_RAW, verdict = reject(WSAEACCES) }
rule { name = "never for these", app = "other.exe", verdict = reject(WSAEMFILE) }
on_socket(function(request) if request.af == AF_UNIX then return rewrite { type = SOCK_DGRAM } end end)
LUA
mkdir later
sed 's/type = SOCK_RAW, verdict = reject(WSAEACCES)/type = SOCK_RAW, verdict = reject(WSAEPROTONOSUPPORT)/' now/10-a.lua >later/10-a.lua

test_case "matrix holds every family, type and protocol of the base catalog"
run 0 matrix now --app scan.exe --json
[ "$(grep -o '"app":"scan.exe"' out | wc -l)" -eq 519 ] || wrong "not 519 calls: 6 IP entries with 2 times 256 raw protocols, and 3 others"
for call in '"af":2,"type":1,"protocol":6' '"af":23,"type":2,"protocol":17' '"af":2,"type":3,"protocol":255' '"af":23,"type":3,"protocol":58' '"af":32,"type":1,"protocol":3'; do
  has "{\"app\":\"scan.exe\",$call,"
done
has '"af":2,"type":3,"protocol":1,"verdict":"reject","code":10013,"error":"WSAEACCES","file":"10-a.lua","line":2,"rule":"no raw"}'
has '"af":1,"type":1,"protocol":0,"verdict":"rewrite","becomes":{"af":1,"type":2,"protocol":0}'

test_case "matrix as a table: programs beside each other, alike protocols in one row"
run 0 matrix now --app scan.exe --app ping.exe
grep -qE '^ +scan.exe +ping.exe$' out || wrong "no heading"
grep -qE '^AF_INET SOCK_STREAM IPPROTO_TCP +allow +allow$' out || wrong "no TCP row"
grep -qE '^AF_INET SOCK_RAW IPPROTO_ICMP +reject WSAEACCES \[1\] +allow \[2\]$' out || wrong "no ICMP row"
grep -qE '^AF_INET SOCK_RAW 255 of 256 protocols, the others +reject WSAEACCES \[1\] +reject WSAEACCES \[1\]$' out || wrong "no row of the others"
has '[1] 10-a.lua:2  rule "no raw"'

test_case "rules without a name have numbers of their own"
policy nameless 10-a.lua <<'LUA'
rule { type = SOCK_DGRAM, verdict = reject(WSAEPROTONOSUPPORT) }
rule { type = SOCK_RAW, verdict = reject(WSAEPROTONOSUPPORT) }
LUA
run 0 matrix nameless --app scan.exe
has '[1] 10-a.lua:1'
has '[2] 10-a.lua:2'
run 0 matrix now --app scan.exe --app ping.exe

test_case "rules that decide nothing for any program given are listed"
sed -n '/decide nothing/,$p' out >idle
grep -q '10-a.lua:3  rule "never for these"' idle || wrong "the idle rule is not listed"
! grep -qE 'no raw|ping may|on_socket' idle || wrong "a rule that decides is listed"
run 0 matrix now --app scan.exe --json
has '"idle":[{"file":"10-a.lua","line":1,"rule":"ping may","kind":"rule"},{"file":"10-a.lua","line":3,"rule":"never for these","kind":"rule"}]'
run 0 matrix now --app scan.exe --app ping.exe --app other.exe --json
has '"idle":[]'

test_case "matrix --against prints only what changes"
run 0 matrix later --against now --app scan.exe
has 'AF_INET SOCK_RAW any protocol'
has 'reject WSAEACCES [1] -> reject WSAEPROTONOSUPPORT [1]'
has_not SOCK_STREAM
run 0 matrix later --against now --app scan.exe --json
has '"before":{"verdict":"reject","code":10013'
has '"after":{"verdict":"reject","code":10043'
has_not '"type":1'
run 0 matrix now --against now --app scan.exe
has 'nothing changes'

test_case "matrix has no colours in a pipe, colours on a terminal, none there under NO_COLOR"
run 0 matrix now --app scan.exe
! grep -q $'\x1b' out || wrong "escape sequences in a pipe"
if command -v script >/dev/null; then
  TERM=xterm NO_COLOR= script -qec "'$sockwarden' matrix now --app scan.exe" /dev/null >out 2>err </dev/null
  grep -q $'\x1b\[31mreject' out || wrong "no colours on a terminal"
  TERM=xterm NO_COLOR=1 script -qec "'$sockwarden' matrix now --app scan.exe" /dev/null >out 2>err </dev/null
  grep -q reject out || wrong "no output on a terminal"
  ! grep -q $'\x1b' out || wrong "NO_COLOR is not heeded"
fi

test_case "options describe the programs and the settings"
policy user 10-a.lua <<<'rule { user = "kiosk", elevated = true, verdict = reject(WSAEAFNOSUPPORT) }'
run 0 matrix --policies user --app a.exe --user 'D\kiosk' --elevated
has 'reject WSAEAFNOSUPPORT'
run 0 matrix --policies user --app a.exe
has_not 'reject'
run 0 matrix --policies user --app a.exe --default-verdict reject
has 'reject WSAEACCES'

test_case "a broken policy makes it fail"
policy broken 10-a.lua <<<'rule {'
run 1 matrix broken --app a.exe
err_has "10-a.lua:2: error: unexpected symbol near <eof>"
run 2 matrix
err_has "no policies given"
finish

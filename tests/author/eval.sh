#!/usr/bin/env bash
# sockwarden eval: requests as JSON, from files and from the standard input.
source "$(dirname "$0")/testing.sh"

# A policy whose reason says what it saw.
policy saw 10-a.lua <<'LUA'
on_socket(function(r)
  local a, q = r.app, r.requested
  return reject(WSAEMFILE, ("%d/%d/%d %d/%d/%d %d %s %s %s %d|%s|%s|%d|%s|%s|%s|%s|%s|%d"):format(r.af, r.type, r.protocol,
    q.af, q.type, q.protocol, r.flags, r.overlapped, r.shared, r.provider, r.catalog_id,
    a.name, a.path, a.pid, a.command_line, a.user, a.sid, a.elevated, a.service, a.session))
end)
LUA
policy raw 10-a.lua <<<'rule { name = "no raw", type = SOCK_RAW, app = none_of { "ping.exe" }, verdict = reject(WSAEACCES) }'

# saw NAME REQUEST REASON: what a policy sees of the request.
saw() {
  test_case "$1"
  printf '%s' "$2" >request.json
  run 0 eval --policies saw --request request.json --json
  has "\"reason\":\"$3\""
}

saw "an empty request has the stated defaults" '{}' \
  '2/1/6 2/1/0 1 true false MSAFD Tcpip [TCP/IP] 1001|||0||||false|false|1'
saw "a request can name every field" '{"af":"AF_INET6","type":2,"protocol":"udp","requested":{"af":0,"type":2,"protocol":-1},
  "flags":"overlapped|no_handle_inherit","shared":true,"provider":"P","catalog_id":7,"app":{"name":"n.exe","path":"C:\\p.exe",
  "pid":5,"command_line":"p -x","user":"D\\u","sid":"S-1-5-18","elevated":true,"service":"Dns","session":2}}' \
  '23/2/17 0/2/-1 129 true true P 7|n.exe|C:\\p.exe|5|p -x|D\\u|S-1-5-18|true|Dns|2'
saw "app may be the path" '{"app":"C:\\x\\y.exe"}' \
  '2/1/6 2/1/0 1 true false MSAFD Tcpip [TCP/IP] 1001|y.exe|C:\\x\\y.exe|0|C:\\x\\y.exe|||false|false|1'
saw "null is the default" '{"af":null,"app":null,"requested":null,"provider":null}' \
  '2/1/6 2/1/0 1 true false MSAFD Tcpip [TCP/IP] 1001|||0||||false|false|1'
saw "overlapped is one of the flags" '{"flags":257,"overlapped":false}' \
  '2/1/6 2/1/0 256 false false MSAFD Tcpip [TCP/IP] 1001|||0||||false|false|1'
saw "what is requested is resolved" '{"requested":{"af":23,"type":0,"protocol":17}}' \
  '23/2/17 23/0/17 1 true false MSAFD Tcpip [UDP/IPv6] 1005|||0||||false|false|1'
saw "a service may be nameless" '{"app":{"service":true}}' \
  '2/1/6 2/1/0 1 true false MSAFD Tcpip [TCP/IP] 1001|||0||||false|true|1'
saw "a byte order mark is skipped" $'\xef\xbb\xbf{"af":23}' \
  '23/1/6 23/1/0 1 true false MSAFD Tcpip [TCP/IPv6] 1004|||0||||false|false|1'

test_case "options give what a request leaves out"
echo '{"type":"raw"}' >request.json
run 0 eval --policies saw --request request.json --af inet6 --app z.exe --json
has '"reason":"23/3/0 '
has '|z.exe|z.exe|'

test_case "JSON lines on stdin are evaluated one by one, in order"
printf '%s\n' '{"type":"raw","app":"a.exe"}' '' '{"type":"raw","app":"ping.exe"}' '[{"type":3,"protocol":1},{"af":23}]' >calls
"$sockwarden" eval --policies raw --request - --json <calls >out 2>err
[ $? -eq 0 ] || wrong "exit status"
[ "$(sed 's/{"verdict":"\([a-z]*\)".*/\1/' out | tr '\n' ' ')" = "reject allow reject allow " ] || wrong "not the four verdicts"

test_case "- alone is the standard input too"
"$sockwarden" eval --policies raw - --json <calls >out 2>err
lines out 4

test_case "a result comes before the next request"
mkfifo in.pipe results.pipe
"$sockwarden" eval --policies raw - --json <in.pipe >results.pipe 2>err &
exec 7>in.pipe 8<results.pipe
echo '{"type":"raw"}' >&7
read -r -t 20 first <&8 || first=
echo '{}' >&7
read -r -t 20 second <&8 || second=
exec 7>&- 8<&-
wait $!
echo "$first $second" >out
has '"verdict":"reject"'
has '"verdict":"allow"'

test_case "a request over several lines"
printf '{\n  "type":\n "raw"\n}\n{"af": 23}\n' >calls
"$sockwarden" eval --policies raw - --json <calls >out 2>err
lines out 2
has '"verdict":"reject"'

test_case "an invalid request is reported, gets a line of its own, and does not stop the rest"
printf '%s\n' '{"tpye":1}' '{"type": raw}' '{"af":"inet6' '{"type":3}' 5 '{"elevated":true}' '{"app":{"elevated":"yes"}}' \
  '{"af":2,"af":23}' '{"af":1.5}' '{"pid":-1}' '{"app":{"pid":-1}}' '{"flags":"overlaped"}' '{"app":7}' '{}' >calls
"$sockwarden" eval --policies raw - --json <calls >out 2>err
[ $? -eq 2 ] || wrong "exit status is not 2"
lines out 14
err_has "line 1: a request has no field 'tpye' (did you mean type?)"
err_has "line 2: invalid JSON"
err_has "line 3: invalid JSON"
err_has "line 6: a request has no field 'elevated'"
err_has "line 7: app.elevated must be true or false"
err_has "line 8: invalid JSON"
err_has "duplicate"
err_has "line 9: af must be a family such as AF_INET6, not a fraction"
err_has "line 11: app.pid must be a number"
err_has "line 12: flags: unknown name 'overlaped' (did you mean WSA_FLAG_OVERLAPPED?)"
err_has "line 13: app must be an object or the program's path"
[ "$(grep -c '"verdict":null,"mistake"' out)" -eq 12 ] || wrong "not twelve mistakes"
has '"verdict":"reject"'
has '"verdict":"allow"'

test_case "a line that breaks off does not take the next one with it"
printf '%s\n' '{"af":2,' '{"type":3}' '{"af":' '' '{}' >calls
"$sockwarden" eval --policies raw - --json <calls >out 2>err
[ $? -eq 2 ] || wrong "exit status is not 2"
lines out 4
err_has "line 1: invalid JSON (line 2,"
err_has "line 3: invalid JSON"
[ "$(sed 's/{"verdict":"*\([a-z]*\).*/\1/' out | tr '\n' ' ')" = "null reject null allow " ] || wrong "not these four verdicts"

test_case "a file that is not there"
run 2 eval --policies raw --request nowhere.json
err_has "nowhere.json"

test_case "deep nesting and zero bytes are no way to break it"
{ printf '%0.s[' {1..5000}; echo; printf '{"app":"a\\u0000b"}\n{"af":2}\n'; } >calls
"$sockwarden" eval --policies raw - --json <calls >out 2>err
[ $? -eq 2 ] || wrong "exit status is not 2"
has '"verdict":"allow"'

test_case "--explain shows the first condition that failed"
run 0 eval --policies raw --app 'C:\x\PING.exe' --type raw --explain
has 'no match: app is "C:\x\PING.exe", the rule wants none of "ping.exe"'
run 0 eval --policies raw --af inet6 --explain
has 'no match: type is SOCK_STREAM, the rule wants SOCK_RAW'

test_case "each program of a stream has its own rules"
for i in $(seq 40); do echo "{\"type\":3,\"app\":\"p$((i % 20)).exe\"}"; echo '{"type":3,"app":"ping.exe"}'; done >calls
"$sockwarden" eval --policies raw - --json <calls >out 2>err
[ "$(grep -c '"verdict":"reject"' out)" -eq 40 ] || wrong "not 40 rejected"
[ "$(grep -c '"verdict":"allow"' out)" -eq 40 ] || wrong "not 40 allowed"
finish

#!/usr/bin/env bash
# sockwarden log: the decision log's files read as one, for people and programs.
source "$(dirname "$0")/testing.sh"

# record TIME APP VERDICT [MORE]: a line of the log.
record() {
  printf '{"time":"%s","kind":"decision","mode":"enforce","verdict":"%s","app":"%s","pid":7,"path":"C:\\\\Tools\\\\%s",' \
    "$1" "$3" "$2" "$2"
  printf '"effective":{"af":2,"type":3,"protocol":1},"file":"10-a.lua","line":4%s}\n' "${4:-}"
}

mkdir -p logs
record 2026-11-21T10:00:00.000Z one.exe allow >logs/sockwarden-20261121-000.jsonl
record 2026-11-22T10:00:00.000Z two.exe reject ',"code":10013,"error":"WSAEACCES","rule":"r","reason":"why","lost":3' \
  >logs/sockwarden-20261122-000.jsonl
record 2026-11-22T11:00:00.000Z one.exe rewrite ',"rewritten":{"af":2,"type":2,"protocol":17},"repeated":5' \
  >logs/sockwarden-20261122-001.jsonl
echo '{"time":"2026-11-22T12:00:00.000Z","kind":"policy","severity":"error","app":"two.exe","pid":9,"file":"b.lua","line":2,"message":"m\u001b[31m","suggestion":"s"}' \
  >>logs/sockwarden-20261122-001.jsonl
echo 'of something else' >logs/notes.txt
echo 'of something else' >logs/sockwarden-2026112a-000.jsonl

test_case "log reads all files in order, in columns"
run 0 log --log-dir logs
lines out 5
has "TIME (UTC)"
out_line() { sed -n "$1p" out; }
[[ $(out_line 2) =~ ^"2026-11-21 10:00:00.000"\ +allow\ +-\ +"one.exe (7)"\ +"AF_INET SOCK_RAW IPPROTO_ICMP"\ +"10-a.lua:4"$ ]] ||
  wrong "the first record: $(out_line 2)"
[[ $(out_line 3) =~ reject\ +WSAEACCES\ +"two.exe (7)".*"10-a.lua:4 r: why (before it 3 could not be written)"$ ]] ||
  wrong "the rejection: $(out_line 3)"
[[ $(out_line 4) =~ "AF_INET SOCK_RAW IPPROTO_ICMP -> AF_INET SOCK_DGRAM IPPROTO_UDP".*"(5 more like it)"$ ]] ||
  wrong "the rewrite: $(out_line 4)"
[[ $(out_line 5) =~ error\ +-\ +"two.exe (9)"\ +-\ +"b.lua:2: m [31m; suggestion: s"$ ]] ||
  wrong "the policy's failure: $(out_line 5)"
lines err 0

test_case "log --json prints the records as they are"
run 0 log --log-dir logs --json
cmp -s out <(cat logs/sockwarden-20261121-000.jsonl logs/sockwarden-20261122-00?.jsonl) || wrong "other lines: $(cat out)"

test_case "log --app, --verdict and --since choose"
run 0 log --log-dir logs --json --app 'ONE.*'
lines out 2
run 0 log --log-dir logs --json --app 'c:/tools/two*'
lines out 1
run 0 log --log-dir logs --json --verdict reject
lines out 1
has '"two.exe"'
run 0 log --log-dir logs --json --since 2026-11-22
lines out 3
run 0 log --log-dir logs --json --since '2026-11-22 10:30'
lines out 2
run 0 log --log-dir logs --json --since 2026-11-22T12:00:00.000Z
lines out 1
record "$(date -u +%Y-%m-%dT%H:%M:%S.000Z)" now.exe allow >"logs/sockwarden-$(date -u +%Y%m%d)-063.jsonl"
run 0 log --log-dir logs --json --since 2h --app now.exe
lines out 1

test_case "log reports invalid and incomplete lines, and goes on"
mkdir -p broken
{
  echo 'no record'
  echo '{"time":"x"}'
  record 2026-11-22T10:00:00.000Z one.exe allow
  printf '{"time":"2026-11-22T11'
} >broken/sockwarden-20261122-000.jsonl
run 0 log --log-dir broken --json
lines out 1
lines err 3
err_has "sockwarden-20261122-000.jsonl: skipped a line that is not a record"
err_has "skipped a line that is incomplete"

test_case "log --follow goes on with what comes, in new files too"
mkdir -p follow
record 2026-11-22T10:00:00.000Z one.exe allow >follow/sockwarden-20261122-000.jsonl
printf '{"time":"2026-11-22T10:00:01.000Z","kind":"pol' >>follow/sockwarden-20261122-000.jsonl
"$sockwarden" log --log-dir follow --json --follow >followed 2>followed.err &
reader=$!
wait_for_lines() {
  for _ in $(seq 200); do
    [ "$(wc -l <followed)" -lt "$1" ] || return 0
    sleep 0.1
  done
  wrong "followed has $(wc -l <followed) lines, not $1"
}
wait_for_lines 1
echo 'icy","message":"whole now"}' >>follow/sockwarden-20261122-000.jsonl
wait_for_lines 2
record 2026-11-23T10:00:00.000Z two.exe allow >follow/sockwarden-20261123-000.jsonl
wait_for_lines 3
kill "$reader"
wait "$reader" 2>/dev/null || :
grep -q 'whole now' followed || wrong "the half line was not waited for"
[ ! -s followed.err ] || wrong "said: $(cat followed.err)"

test_case "log --prune deletes files of earlier days"
mkdir -p old
touch old/sockwarden-20200101-000.jsonl old/sockwarden-20200102-063.jsonl old/other.jsonl \
  "old/sockwarden-$(date -u +%Y%m%d)-000.jsonl"
run 0 log --log-dir old --prune 30
has "2 files deleted"
[ "$(ls old | wc -l)" -eq 2 ] || wrong "left: $(ls old)"

test_case "log's exit statuses"
run 1 log --log-dir nowhere
err_has "nowhere"
run 2 log --log-dir logs --since yesterday
err_has "is not a time such as"
run 2 log --log-dir logs --verdict maybe
run 2 log --folow
err_has "did you mean --follow?"
run 2 log
err_has "no folder given"
finish

#!/usr/bin/env bash
# demo.sh: what Sockwarden does, shown by real Windows programs under Wine. On a fresh machine it first installs what is
# missing and builds everything. Exit status 1 where anything did not go as told.
source "$(dirname "$0")/prepare.sh"

note "Building"
build native mingw-x64
node=$(scripts/obtain-package.sh node)
node=${node#"$PWD/"}
echo "node.exe for Windows: $node"

demo=build/demo
rm -rf "$demo"
mkdir -p "$demo/live"
probe=build/mingw-x64/tests/e2e/sockprobe.exe
# One program under two names: the shipped policy knows ping.exe and does not know scan.exe.
cp "$probe" "$demo/ping.exe"
cp "$probe" "$demo/scan.exe"

# Show a command's output, indented, and check that it says what it must.
expect() {
  local wanted=$1
  shift
  "$@" >"$demo/output" 2>&1 || :
  sed 's/^/    /' "$demo/output"
  if ! grep -qF -- "$wanted" "$demo/output"; then
    echo "!! expected: $wanted" >&2
    exit 1
  fi
}

note "1. What the shipped policies say of a raw ICMP socket, asked on this machine"
echo "   sockwarden eval --policies policies --app 'C:\\tools\\scan.exe' --type raw --protocol icmp"
expect "reject WSAEACCES (10013)" build/native/cli/sockwarden eval --policies policies --app 'C:\tools\scan.exe' \
  --af inet --type raw --protocol icmp

note "2. An unmodified node.exe ($(basename "$(dirname "$node")")) under those policies, over TCP and UDP"
expect "hello over TCP" scripts/wine-run.sh --policies policies -- "$node" scripts/demo/talk.js
grep -q "hello over UDP" "$demo/output" || { echo "!! expected the UDP line too" >&2; exit 1; }

note "3. A raw ICMP socket under two program names"
echo "   ping.exe:"
expect "ok: af=inet(2) type=raw(3) protocol=icmp(1)" scripts/wine-run.sh --policies policies -- "$demo/ping.exe" --type raw --protocol icmp
echo "   scan.exe:"
expect "WSAEACCES (10013)" scripts/wine-run.sh --policies policies -- "$demo/scan.exe" --type raw --protocol icmp

note "4. A rewrite: the same call, and what Windows says the socket became"
grep -v '^--' scripts/demo/rewrite/10-rewrite.lua | sed 's/^/    | /'
expect "ok: af=inet(2) type=dgram(2) protocol=udp(17)" scripts/wine-run.sh --policies scripts/demo/rewrite -- \
  "$demo/ping.exe" --type raw --protocol icmp

note "5. A policy dropped in while a program runs (it makes a UDP socket twice a second)"
policy='rule { type = SOCK_DGRAM, verdict = reject(WSAEACCES, "dropped in") }'
scripts/wine-run.sh --policies "$demo/live" -- "$demo/scan.exe" --type dgram --protocol udp --count 60 --interval 500 \
  >"$demo/running" 2>&1 &
program=$!
# Wait until the program's last line says so.
wait_for() {
  local tries=0
  until tail -n 1 "$demo/running" | grep -qF -- "$1"; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || { cat "$demo/running" >&2; echo "!! the running program never said: $1" >&2; exit 1; }
    sleep 0.1
  done
}
wait_for "ok: "
echo "    (10-late.lua arrives: $policy)"
echo "$policy" >"$demo/live/10-late.lua"
wait_for "WSAEACCES (10013)"
echo "    (10-late.lua is taken away)"
rm "$demo/live/10-late.lua"
wait_for "ok: "
kill "$program" 2>/dev/null || :
wait "$program" 2>/dev/null || :
uniq -c "$demo/running" | sed 's/^/    /'

note "All of it went as told. Next: scripts/test.sh, and the README."

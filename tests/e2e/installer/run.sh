#!/usr/bin/env bash
# run.sh: proves the installer under Wine, in a prefix of its own (proof.c does the work there), then runs node.exe under
# policies that were installed by the command itself. Prints "ok NAME" or "not ok NAME" for each case.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
build=$root/build/mingw-x64
scratch=$(mktemp -d)
failed=0

fail() {
  echo "not ok installer.$1"
  failed=1
}

case_is() { # NAME EXPECTED-REGEX ACTUAL
  if [[ $3 =~ $2 ]]; then
    echo "ok installer.$1"
  else
    printf 'not ok installer.%s\n    expected to match: %s\n    actual: %s\n' "$1" "$2" "$3"
    failed=1
  fi
}

# The package as it is shipped: both DLLs beside the command.
package=$scratch/package
mkdir -p "$package/x86"
cp "$build/cli/sockwarden.exe" "$build/lsp/sockwarden.dll" "$package/" &&
  cp "$root/build/mingw-x86/lsp/sockwarden.dll" "$package/x86/" ||
  { echo "build mingw-x64 and mingw-x86 first" >&2; fail package; exit 1; }
cp "$build/tests/e2e/installer/sockwarden_faults.exe" "$package/"

prefix=$("$root/scripts/wine-prefix.sh" --set "InstallerProof=$$") || { fail prefix; exit 1; }
exec 9<"$prefix.lock" # or it would be deleted as one that nobody uses
flock -s 9
export WINEPREFIX=$prefix WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml=' LC_ALL=C.UTF-8
cleanup() {
  wineserver -k 2>/dev/null
  wineserver -w 2>/dev/null
  rm -rf "$prefix" "$prefix.lock" "$prefix.log" "$scratch"
}
trap cleanup EXIT
windows=$prefix/drive_c/windows
winsock=$(dirname "$(find "$build/tests/winsock" -name swbase.dll | head -n 1)")
# 64-bit Windows has the base provider in both bitnesses; nothing here loads this one.
cp "$winsock/swbase.dll" "$windows/syswow64/"
cp "$(find "$build/tests/winsock" -name pass_through.dll | head -n 1)" "$windows/system32/"

windows_path() {
  local path="Z:${1//\//\\}"
  echo "$path"
}

# A pipe in between: the command must not depend on a console.
wine "$build/tests/e2e/installer/installer_proof.exe" "$(windows_path "$package")" \
  "$(windows_path "$package/sockwarden_faults.exe")" "$(windows_path "$build/tests/winsock/layerctl.exe")" 2>&1 |
  sed -u 's,\r$,,' | tee "$scratch/proof.log"
grep -q '^ok installer.all-cases-ran' "$scratch/proof.log" || fail proof-ended
grep -q '^not ok' "$scratch/proof.log" && failed=1

sockwarden() {
  wine "$package/sockwarden.exe" "$@" 2>&1 | tr -d '\r'
}

# ---- node.exe under policies the command installed ----
node=$("$root/scripts/obtain-package.sh" node 2>/dev/null | tail -n 1)
if [ -f "$node" ]; then
  # No ANSI code page has this name. On drive C:, since anybody may rename what is in /tmp.
  chmod 755 "$prefix/drive_c"
  policies=$prefix/drive_c/политика-é
  mkdir -p "$policies"
  chmod 755 "$policies"
  cat >"$policies/10-node.lua" <<'LUA'
rule { app = "node.exe", type = SOCK_DGRAM, verdict = reject(WSAEACCES, "no UDP for node") }
LUA
  cat >"$scratch/program.js" <<'JS'
const net = require('net'), dgram = require('dgram');
const udp = dgram.createSocket('udp4');
udp.on('error', error => { console.log('udp', error.code); tcp(); });
udp.bind(0, '127.0.0.1', () => { console.log('udp works'); udp.close(); tcp(); });
function tcp() {
  const server = net.createServer(socket => socket.end('hello'));
  server.listen(0, '127.0.0.1', () => net.connect(server.address().port, '127.0.0.1')
    .on('data', data => { console.log('tcp', String(data)); server.close(); }));
}
JS
  run_node() {
    timeout 60 wine "$build/tests/e2e/stdio-bridge.exe" "$(windows_path "$node")" "$(windows_path "$scratch/program.js")" \
      2>&1 </dev/null | tr -d '\r' | tr '\n' ' '
  }
  case_is node-before '^udp works tcp hello ' "$(run_node)"
  case_is node-install 'Installed\.' "$(sockwarden install --policies 'C:\политика-é')"
  case_is check-names-any-folder '^ok: 1 policy, 1 entry$' "$(sockwarden check 'C:\политика-é')"
  case_is node-under-policy '^udp EACCES tcp hello ' "$(run_node)"
  case_is node-uninstall 'Uninstalled\.' "$(sockwarden uninstall)"
  case_is node-afterwards '^udp works tcp hello ' "$(run_node)"
else
  fail node-is-there
fi

# ---- a ws2_32 whose calls succeed and do nothing: Wine's own ----
cp --remove-destination "$windows/builtin/ws2_32.dll" "$windows/system32/ws2_32.dll"
case_is plain-wine-refused 'failed: ERROR_(INVALID_DATA|PROC_NOT_FOUND)' "$(sockwarden install)"
[ ! -e "$windows/system32/sockwarden.dll" ] && echo "ok installer.plain-wine-unchanged" || fail plain-wine-unchanged

exit "$failed"

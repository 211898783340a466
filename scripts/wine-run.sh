#!/usr/bin/env bash
# Runs a Windows program under Wine with the Sockwarden layer installed in the whole prefix.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/wine-run.sh [OPTIONS] -- PROGRAM.exe ARGS...

Runs any Windows program with the layer installed, its children too. The program's input, output and exit status are
wine-run's own.

  --policies DIR      the policy folder (default: policies/ of this repository)
  --set NAME=VALUE    a setting in HKLM\SOFTWARE\Sockwarden: a number becomes REG_DWORD, all else REG_SZ
  --no-lsp            without the layer
  --layer DLL         install this layer instead of Sockwarden
  --upper ifs|non-ifs
  --lower ifs|non-ifs a recording layer above or below ours (tests/winsock/layers): RECORD_FILE in the environment
                      names the file it writes to, a Windows path; RECORD_FAIL tells it to fail

PROGRAM is a Unix path, a Windows path or a program of Windows' own such as cmd. The working directory stays.
Exit status: the program's; 127 where it is not found, 128 + n for a signal or the like crash, 2 for wrong usage.
TEXT
}

fail() {
  local status=$1
  shift
  echo "wine-run: $*" >&2
  exit "$status"
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=${SOCKWARDEN_BUILD_DIR:-$root/build/mingw-x64}
policies=$root/policies layer=$build/lsp/sockwarden.dll around=() options=()

while [ $# -gt 0 ]; do
  case $1 in
    --policies | --set | --layer | --upper | --lower)
      [ $# -ge 2 ] || fail 2 "$1 needs a value"
      ;;&
    --policies) policies=$2 ;;
    --set)
      [[ $2 == ?*=* ]] || fail 2 "--set needs NAME=VALUE, not '$2'"
      options+=(--set "$2")
      ;;
    --layer) layer=$2 ;;
    --upper | --lower)
      [[ $2 == ifs || $2 == non-ifs ]] || fail 2 "$1 takes ifs or non-ifs, not '$2'"
      around+=("$1" "$2")
      ;;
    --no-lsp)
      layer=''
      shift
      continue
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    --)
      shift
      break
      ;;
    -*) fail 2 "unknown option $1 (--help tells the options)" ;;
    *) break ;;
  esac
  shift 2
done
[ $# -gt 0 ] || { usage >&2; exit 2; }

command -v wine >/dev/null && command -v wineserver >/dev/null ||
  fail 127 "Wine is not installed; on Debian 12: apt-get install wine wine64"
bridge=$build/tests/e2e/stdio-bridge.exe
atomic_append=$build/tests/wine/atomic_append.so
for file in "$bridge" "$atomic_append" ${layer:+"$layer"}; do
  [ -f "$file" ] ||
    fail 127 "$file is missing; build it: cmake --preset mingw-x64 && cmake --build build/mingw-x64 -j"
done

# A Unix path becomes a Windows one on drive Z:. What is neither, Windows looks for itself.
program=$1
shift
case $program in
  [A-Za-z]:[\\/]* | \\\\*) ;;
  */*)
    [ -f "$program" ] || fail 127 "program not found: $program"
    ;;&
  *)
    if [ -f "$program" ]; then
      program=Z:$(realpath -s "$program")
      program=${program//\//\\}
    fi
    ;;
esac

if [ -n "$layer" ]; then
  [ -d "$policies" ] || fail 2 "policy folder not found: $policies"
  options+=(--layer "$(realpath "$layer")" --policies "$(realpath "$policies")")
else
  # Nothing reads settings where the layer is not: all such runs share one prefix.
  options=()
fi
options+=("${around[@]}")

# The shared lock is held until we end: nobody deletes the prefix meanwhile. Wine must not inherit it. Where it was deleted
# between its making and our lock, once more.
while :; do
  WINEPREFIX=$("$root/scripts/wine-prefix.sh" "${options[@]}") || exit 127
  exec 9<"$WINEPREFIX.lock" || continue
  flock -s 9
  [ ! -e "$WINEPREFIX/.complete" ] || break
done
export WINEPREFIX WINEDEBUG=${WINEDEBUG:--all}
# Without a UTF-8 locale Wine does not see files whose names are not plain ASCII.
[[ $(locale charmap 2>/dev/null) == UTF-8 ]] || export LC_ALL=C.UTF-8

# The bridge runs in the background for one reason: bash acts on a signal at once only while it waits. Its standard
# input is given back to it by hand, since a background command's is /dev/null otherwise.
if { exec 8<&0; } 2>/dev/null; then
  exec 0<&8 8<&-
else
  exec 0</dev/null # closed: the program sees the end of input
fi
exec 7<&0
LD_PRELOAD=$atomic_append${LD_PRELOAD:+:$LD_PRELOAD} wine "$bridge" "$program" "$@" <&7 7<&- 9<&- &
child=$!
exec 7<&-

# The bridge takes the program and its children along.
ended_by=0
end() {
  ended_by=$1
  # Reaped here, where bash's word about it goes nowhere.
  { kill -KILL "$child" && wait "$child"; } 2>/dev/null || true
}
trap 'end 15' TERM
trap 'end 2' INT
trap 'end 1' HUP

status=0
wait "$child" || status=$?
[ "$ended_by" -eq 0 ] || status=$((128 + ended_by))
exit "$status"

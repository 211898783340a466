#!/usr/bin/env bash
# run.sh PROGRAM RUNS: a bounded run of a fuzz target over its corpus, the same one each time, for ctest. Says "ok" and how
# many inputs were tried; a failing input is left in the current directory.
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=$1 runs=$2
name=$(basename "$program") name=${name#fuzz_}
seeds=$here/corpus/$name
options=(-seed=1 -max_len=4096 -timeout=60 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=1)
[ ! -e "$here/$name.dict" ] || options+=(-dict="$here/$name.dict")

# What libFuzzer finds goes into a folder of its own; the repository's corpus stays as it is.
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
log=$found.log
"$program" "${options[@]}" -runs="$runs" -artifact_prefix="$name-" "$found" "$seeds" >"$log" 2>&1
status=$?
tried=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
if [ "$status" -eq 0 ] && [ "${tried:-0}" -ge "$runs" ]; then
  echo "ok fuzz $name: $tried runs"
else
  tail -n 60 "$log"
  echo "not ok fuzz $name: status $status, ${tried:-0} of $runs runs"
  status=1
fi
rm -f "$log"
exit "$status"

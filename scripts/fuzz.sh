#!/usr/bin/env bash
# fuzz.sh TARGET [MINUTES]: build and run one fuzz target (tests/fuzz) for so long, 10 minutes unless told otherwise. What it
# finds interesting is kept in build/fuzz/TARGET for the next time, failing inputs in build/fuzz. Without a target: names them.
cd "$(dirname "$0")/.." || exit 1
target=${1-} minutes=${2-10}
if [ ! -d "tests/fuzz/corpus/$target" ] || [ -z "$target" ]; then
  echo "usage: scripts/fuzz.sh TARGET [MINUTES]; the targets are:" >&2
  ls tests/fuzz/corpus >&2
  exit 2
fi
source scripts/prepare.sh
build native-fuzz
found=build/fuzz/$target
mkdir -p "$found"
options=(-max_len=4096 -timeout=60 -rss_limit_mb=2048 -max_total_time=$((minutes * 60)) -print_final_stats=1)
[ ! -e "tests/fuzz/$target.dict" ] || options+=(-dict="tests/fuzz/$target.dict")
exec "build/native-fuzz/tests/fuzz/fuzz_$target" "${options[@]}" -artifact_prefix="build/fuzz/$target-" \
  "$found" "tests/fuzz/corpus/$target"

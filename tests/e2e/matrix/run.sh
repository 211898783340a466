#!/usr/bin/env bash
# run.sh [REGEX]: runs the matrix (matrix.c), and sockets handed to children (handed.c), in every shape of protocol chain whose
# name, LOWER-UPPER, matches REGEX. Prints their lines, "ok matrix.SHAPE.VERDICT: N cases ...", and the number of cases. Exit
# status 1 on failure.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
programs=${SOCKWARDEN_BUILD_DIR:-$root/build/mingw-x64}/tests/e2e/matrix
pattern=${1:-}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Wine gives no raw socket for protocol 0 or ICMPv6, and none at all without root: the base provider calls a UDP socket raw
# then (tests/winsock/base/base_raw.h), so that what it is handed and how handles are labelled shows all the same.
export BASE_RAW_STAND_IN=1

shapes=('none none' 'ifs none' 'non-ifs none' 'none ifs' 'none non-ifs'
  'ifs ifs' 'ifs non-ifs' 'non-ifs ifs' 'non-ifs non-ifs')
# run_shape LOWER UPPER
run_shape() {
  local program options=() folder=$scratch/$1-$2
  [[ $1-$2 =~ $pattern ]] || return 0
  [ "$1" = none ] || options+=(--lower "$1")
  [ "$2" = none ] || options+=(--upper "$2")
  mkdir "$folder"
  for program in matrix handed; do
    cp "$programs/$program.exe" "$folder/"
    timeout 600 "$root/scripts/wine-run.sh" --policies "$here/policies" "${options[@]}" -- "$folder/$program.exe" "$1" "$2" \
      </dev/null >"$folder/said" 2>&1 || echo "not ok matrix.$1-$2: $program: status $?" >>"$folder/said"
    tr -d '\r' <"$folder/said"
  done
}

# Two at a time: each has a Wine of its own.
for ((i = 0; i < ${#shapes[@]}; i += 2)); do
  for shape in "${shapes[@]:i:2}"; do
    # shellcheck disable=SC2086
    run_shape $shape &
  done
  wait
done | tee "$scratch/said"
awk '/^(not )?ok matrix/ {
    for (i = 2; i < NF; i++) { if ($(i + 1) ~ /^cases/) cases += $i; if ($(i + 1) ~ /^checks/) checks += $i }
    if ($1 == "not") bad++; lines++
  }
  END {
    printf "%d cases of the matrix and %d other checks in %d parts, %d parts failed\n", cases, checks, lines, bad
    exit bad > 0 || lines == 0
  }' "$scratch/said"

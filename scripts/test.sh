#!/usr/bin/env bash
# test.sh [--all]: build everything for every preset and run the tests. Ends with how many ran; exit status 1 where one
# failed. Tests labelled `long`, which take many minutes each, run with --all only.
[ $# -eq 0 ] || [ "$*" = --all ] || { echo "usage: scripts/test.sh [--all]" >&2; exit 2; }
source "$(dirname "$0")/prepare.sh"

selection=(--label-exclude long)
[ $# -eq 0 ] || selection=()

passed=0 failed=0

# run_preset PRESET WHAT: run the preset's tests and add up their cases. CTest keeps what each program said, whole, in its results;
# cmocka reports as TAP does, as our own scripts do.
run_preset() {
  local preset=$1 what=$2 results=build/$1-tests.xml said
  rm -f "$results"
  CMOCKA_MESSAGE_OUTPUT=TAP ctest --preset "$preset" "${selection[@]}" --parallel "$(nproc)" --verbose --output-junit "$PWD/$results" \
    --test-output-size-passed 100000000 --test-output-size-failed 100000000 >"build/$preset-tests.log" 2>&1 || :
  said=$(scripts/count-cases.pl "$results") || echo "(all of it: build/$preset-tests.log)"
  sed '$d' <<<"$said"
  [[ ${said##*$'\n'} =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]
  printf '%-14s %4d passed, %d failed   %s\n' "$preset" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "$what"
  passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
}

# stack_figures PRESET: what its tests measured of the host's stack.
stack_figures() {
  sed -nE 's/^[0-9]+: *(the most a (decision|load) needed: [0-9]+ bytes of stack|stack: decisions .*).*$/                 \1/p' \
    "build/$1-tests.log"
}

note "Building"
build native native-asan native-m32 native-tsan native-fuzz mingw-x64 mingw-x86
scripts/obtain-package.sh --all >/dev/null

note "Testing"
run_preset native "the engine and the command"
sed -nE 's/^[0-9]+: ([0-9]+ hostile policies.*|worst (load|check|decision): .*|[0-9]+ decisions on .*)$/                 \1/p' build/native-tests.log
stack_figures native
run_preset native-asan "the same under AddressSanitizer and UndefinedBehaviorSanitizer"
run_preset native-m32 "the portable code as 32-bit code"
stack_figures native-m32
run_preset native-tsan "many threads and reloads under ThreadSanitizer"
run_preset native-fuzz "the fuzz targets, a bounded number of runs each"
sed -nE 's/^[0-9]+: ok fuzz ([a-z_]+: [0-9]+ runs)$/                 \1/p' build/native-fuzz-tests.log
run_preset mingw-x64 "under Wine: the provider, and programs end to end"
stack_figures mingw-x64
run_preset mingw-x86 "the 32-bit provider: machine, exports, imports"

echo
[ $# -gt 0 ] || echo "Not run: tests that take many minutes each (scripts/test.sh --all), 32-bit programs (scripts/test-x86.sh)."
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

#!/usr/bin/env bash
# run.sh [--without REGEX] [PATTERN]: runs the end-to-end cases under Wine, those whose name contains PATTERN and does not
# match REGEX. A case is a function named case_* in a file under cases/; it fails where a command in it fails or a check says
# so. Prints "ok" or "not ok" and the name for each case, what went wrong, and at last how many passed and failed. Exit
# status 1 on failure. A case that fails is run once more, with nothing of the first time around it, for Wine once in a while
# does not start a program or loses one's output; what went wrong the first time is told all the same.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${SOCKWARDEN_BUILD_DIR:-$root/build/mingw-x64}
programs=$build/tests/e2e
without='^$'
[ "${1-}" != --without ] || { without=$2; shift 2; }
pattern=${1:-}
scratch_folders=$(mktemp -d)
trap 'rm -rf "$scratch_folders"' EXIT
scratch=$scratch_folders/all
mkdir "$scratch"

# A program built by nobody here (scripts/obtain-package.sh), for the build that is tested. npm has one version each of those
# for 32 bits, so that is the one, whatever version is asked for.
obtain() {
  if [[ $build == */mingw-x86 ]]; then
    "$root/scripts/obtain-package.sh" "$1-x86"
  else
    "$root/scripts/obtain-package.sh" "$@"
  fi
}

wine_run() {
  timeout "${LIMIT:-60}" "$root/scripts/wine-run.sh" "$@"
}

# wine_in PREFIX PROGRAM ARGS...: Wine itself, as wine-run.sh runs it.
wine_in() {
  WINEPREFIX=$1 LD_PRELOAD=$build/tests/wine/atomic_append.so WINEDEBUG=-all wine "${@:2}"
}

# expect WHAT EXPECTED ACTUAL
expect() {
  [ "$2" = "$3" ] && return 0
  printf '%s\n  expected: %s\n  actual:   %s\n' "$1" "$2" "$3"
  return 1
}

# expect_match WHAT REGEX ACTUAL
expect_match() {
  [[ $3 =~ $2 ]] && return 0
  printf '%s\n  expected to match: %s\n  actual:   %s\n' "$1" "$2" "$3"
  return 1
}

# policy_folder NAME <POLICY: a fresh folder with that one policy; prints its path.
policy_folder() {
  mkdir -p "$scratch/$1"
  cat >"$scratch/$1/10-policy.lua"
  echo "$scratch/$1"
}

exec 3>&1 # figures that a case wants shown though nothing is wrong

for file in "$here"/cases/*.sh; do
  # shellcheck source=/dev/null
  source "$file"
done

# run_case CASE: sets `said` and `status`. -e in a subshell of its own: the first failing command ends the case. Cases share
# a scratch folder, and with it what they keep there and the prefix of a policy folder in it; not so the second time.
run_case() {
  said=$(set -e; "$1" 2>&1 </dev/null)
  status=$?
}

# what_was_said: what a case printed before it failed.
what_was_said() {
  printf '%s\n' "$said" | sed 's/^/      /'
}

passed=0 failed=0 again=0
for case in $(compgen -A function case_); do
  [[ $case == *"$pattern"* && ! ${case#case_} =~ $without ]] || continue
  started=$SECONDS
  run_case "$case"
  if [ "$status" -ne 0 ]; then
    again=$((again + 1))
    echo "once more: ${case#case_} (status $status)"
    what_was_said
    scratch=$scratch_folders/$case
    mkdir "$scratch"
    run_case "$case"
    scratch=$scratch_folders/all
  fi
  if [ "$status" -eq 0 ]; then
    passed=$((passed + 1))
    echo "ok ${case#case_} ($((SECONDS - started)) s)"
  else
    failed=$((failed + 1))
    echo "not ok ${case#case_} (status $status)"
    what_was_said
  fi
done
echo "$passed passed, $failed failed, $again run once more"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]

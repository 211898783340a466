#!/usr/bin/env bash
# run.sh [--list] [--only TAG]... [--without TAG]... [PATTERN]: runs the end-to-end cases under Wine whose name contains
# PATTERN, that have every TAG of --only and none of --without; --list names them, with their tags, and runs nothing.
#
# A case is a function case_* in a file under cases/, run in the order of the files' numbers; it fails where a command in it
# fails or a check says so. Tags stand in a comment "# tags: ..." above the case, or at the top of the file for all its cases:
#
#   needs-64-bit             a program that is there for x86-64 alone, or a comparison with the 64-bit Wine
#   needs-stand-in           the stand-in for ws2_32 itself is what is tested
#   needs-non-ifs            handles for providers that have none (WPUCreateSocketHandle)
#   needs-catalog-functions  LSP categories, and the WSC functions that `sockwarden status` asks
#   needs-whole-winsock      WSAPoll, WSASendMsg, WSAConnectByName
#   needs-ipv6-names         getaddrinfo for IPv6 addresses
#   needs-start-errors       WSAEPROVIDERFAILEDINIT for a provider that does not start
#   node, esbuild, ffmpeg    runs that program
#
# Prints how many there are ("1..N"), "ok" or "not ok" and the name for each case, what went wrong, and at last how many passed and failed. Exit status 1 on
# failure, 2 for wrong usage. A case that fails is run once more, with nothing of the first time around it, for Wine once in a
# while does not start a program or loses one's output; what went wrong the first time is printed all the same.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${SOCKWARDEN_BUILD_DIR:-$root/build/mingw-x64}
programs=$build/tests/e2e
known_tags=$(sed -nE '/^set /q; s/^#   ([a-z0-9, -]+[a-z])  .*/\1/p' "${BASH_SOURCE[0]}" | tr -d ,)

die() {
  echo "run.sh: $*" >&2
  exit 2
}

only=() without=() list=false
while [[ ${1-} == --* ]]; do
  case $1 in
    --list) list=true ;;
    --only | --without)
      [[ " "$(echo $known_tags)" " == *" ${2-} "* ]] || die "$1 takes one of these tags: $(echo $known_tags)"
      if [ "$1" = --only ]; then only+=("$2"); else without+=("$2"); fi
      shift
      ;;
    *) die "unknown option $1" ;;
  esac
  shift
done
pattern=${1:-}

# all_cases: a line for each case: its name and its tags, in the order of the files.
all_cases() {
  awk 'FNR == 1 { top = 1; file_tags = tags = "" }
    /^# tags:/ { sub(/^# tags:/, ""); if (top) file_tags = $0; else tags = $0; next }
    /^case_[a-z0-9_]+\(\)/ { sub(/\(.*/, ""); print $0 file_tags tags }
    !/^#/ { top = 0; tags = "" }' "$here"/cases/*.sh
}

# selected TAGS: whether a case with these tags is asked for.
selected() {
  local tag
  for tag in $1; do
    [[ " "$(echo $known_tags)" " == *" $tag "* ]] || die "unknown tag: $tag"
  done
  for tag in "${only[@]}"; do
    [[ " $1 " == *" $tag "* ]] || return 1
  done
  for tag in "${without[@]}"; do
    [[ " $1 " != *" $tag "* ]] || return 1
  done
}

twice=$(cd "$here/cases" && printf '%s\n' *.sh | cut -d- -f1 | uniq -d)
[ -z "$twice" ] || die "two files under cases/ have the number $twice"
cases=()
while read -r name tags; do
  selected "$tags" && [[ $name == *"$pattern"* ]] || continue
  cases+=("$name")
  ! $list || printf '%s%s\n' "${name#case_}" "${tags:+  ($tags)}"
done < <(all_cases)
! $list || exit 0

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

# wait_for_output FILE: until something is in it, a minute at most.
wait_for_output() {
  local tries
  for ((tries = 0; tries < 600; tries++)); do
    [ ! -s "$1" ] || return 0
    sleep 0.1
  done
}

exec 3>&1 # figures that a case wants shown though nothing is wrong

for file in "$here"/cases/*.sh; do
  # shellcheck source=/dev/null
  source "$file"
done
[ "$(compgen -A function case_ | wc -l)" -eq "$(all_cases | wc -l)" ] || die "a case under cases/ does not begin its line, or is there twice"

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
echo "1..${#cases[@]}"
for case in "${cases[@]}"; do
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

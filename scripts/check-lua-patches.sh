#!/usr/bin/env bash
# check-lua-patches.sh [NN...]: whether each patch of scripting/lua/patches is needed. Builds the engine's Lua without it, and
# runs the tests that its header names: each must fail. Given numbers, checks those patches only. Takes ten minutes.
#
# A header names its tests as "Test: CTEST / NAME, NAME": a test of ctest, and test functions of its program (of `hostile`:
# files of tests/hostile). To crash or not to come to an end is to fail, too.
for option in "$@"; do
  case $option in
    --help | -h)
      sed -n '2,6s/^# \?//p' "$0"
      exit 0
      ;;
  esac
done
source "$(dirname "$0")/prepare.sh"

patches=scripting/lua/patches
tree=build/lua-patches
without=$tree/without
seconds=60 # a test that takes longer does not come to an end

# The tests that a patch names, as "CTEST NAME" on each line.
tests_of() {
  sed -n 's|^Test: ||p' "$1" | while IFS=/ read -r program names; do
    for name in ${names//,/ }; do echo "${program// /} $name"; done
  done
}

# Make the source with all patches but one ("" for all) in $without. Lines of those after it may have moved, or have it as
# their context.
leave_out() {
  local patch
  rm -rf "$without"
  mkdir -p "$without"
  cp -r build/sources/lua-5.4.9-*/*/src "$without/src"
  for patch in "$patches"/*.patch; do
    [ "$patch" = "$1" ] && continue
    patch -d "$without" -p1 --batch --forward --fuzz=3 --no-backup-if-mismatch -i "$PWD/$patch" >"$tree/patch.log" || {
      cat "$tree/patch.log"
      echo "not ok ${1##*/}: ${patch##*/} does not apply without it"
      return 1
    }
  done
}

# Build the programs of the tests from $without, touching only the files that differ from those built last.
build_tests() {
  local file programs=() test name
  for file in "$without"/src/*.[ch]; do
    cmp -s "$file" "$tree/lua-patched/src/${file##*/}" || cp "$file" "$tree/lua-patched/src/"
  done
  while read -r test name; do
    programs+=("$(sed 's/^scripting\./test_scripting_/' <<<"$test")")
  done
  cmake --build "$tree" -j "$(nproc)" --target "${programs[@]}" >"$tree/build.log" 2>&1 || {
    tail -n 20 "$tree/build.log"
    return 1
  }
}

# Run one test with no more memory than a few gigabytes: without limits it might take all there is.
passes() {
  local test=$1 name=$2 status=0
  ulimit -Sv 4000000
  if [ "$test" = hostile ]; then
    timeout $seconds "$tree/tests/hostile/hostile" tests/hostile "$name" >"$tree/test.log" 2>&1 || status=$?
    [ $status -lt 2 ] && ! grep -q "^not ok $name[,:]" "$tree/test.log"
  else
    ctest --test-dir "$tree" -R "^$test\$" --timeout $seconds -V >"$tree/test.log" 2>&1 || :
    grep -Eq "\[       OK \] $name\$" "$tree/test.log"
  fi
}

selected=("$patches"/*.patch)
if [ $# -gt 0 ]; then
  selected=()
  for number in "$@"; do selected+=("$patches/$number"-*.patch); done
fi
note "Building with all patches"
cmake --preset native -B "$tree" >"$tree.log" 2>&1 || {
  cat "$tree.log"
  exit 1
}
failed=0
leave_out ""
for patch in "${selected[@]}"; do tests_of "$patch"; done | sort -u >"$tree/named"
build_tests <"$tree/named"
while read -r test name; do
  (passes "$test" "$name") || {
    tail -n 20 "$tree/test.log"
    echo "not ok $test / $name: fails with all patches, or does not exist"
    failed=1
  }
done <"$tree/named"
[ $failed = 0 ] || exit 1

note "Leaving out each patch"
for patch in "${selected[@]}"; do
  count=0 needed=1
  leave_out "$patch" || { failed=1; continue; }
  tests_of "$patch" >"$tree/named"
  build_tests <"$tree/named" || { echo "not ok ${patch##*/}: does not build without it"; failed=1; continue; }
  while read -r test name; do
    count=$((count + 1))
    (passes "$test" "$name") && { echo "not ok ${patch##*/}: $test / $name passes without it"; needed=0; }
  done <"$tree/named"
  [ $count -gt 0 ] || { echo "not ok ${patch##*/}: names no test"; needed=0; }
  [ $needed = 1 ] && echo "ok ${patch##*/}" || failed=1
done
exit $failed

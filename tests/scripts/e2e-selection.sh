#!/usr/bin/env bash
# e2e-selection.sh ROOT: tests/e2e/run.sh selects the cases it should, and none is without a file of its own number.
set -u
run=$1/tests/e2e/run.sh
any_failed=0

# is NAME EXPECTED ACTUAL
is() {
  if [ "$2" = "$3" ]; then
    echo "ok e2e-selection: $1"
  else
    printf 'not ok e2e-selection: %s\n  expected: %s\n  actual:   %s\n' "$1" "$2" "$3"
    any_failed=1
  fi
}

names() { bash "$run" --list "$@" | sed 's/ .*//'; }

is 'each case is listed once' "$(grep -hc '^case_' "$1"/tests/e2e/cases/*.sh | awk '{ n += $1 } END { print n }')" "$(names | sort -u | wc -l)"
is 'each file has a number of its own' '' "$(ls "$1/tests/e2e/cases" | cut -d- -f1 | uniq -d)"
is 'a tag and the rest are all' "$(names | sort)" "$({ names --only node; names --without node; } | sort)"
is 'a tag of the file' '' "$(names --without needs-stand-in | grep '^stand_in')"
is 'two tags' esbuild_gets_the_chosen_errors "$(names --only node --only esbuild chosen)"
is 'an unknown tag' 2 "$(bash "$run" --list --only no-such-tag 2>/dev/null; echo $?)"
exit "$any_failed"

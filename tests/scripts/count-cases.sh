#!/usr/bin/env bash
# count-cases.sh ROOT: scripts/count-cases.pl notices what it must.
set -u
count=$(cd "$1" && pwd)/scripts/count-cases.pl
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
any_failed=0

# counts NAME STATUS LAST-LINE [TEXT]...: of the file `results.tap`, or `results.xml` where there is one.
counts() {
  local name=$1 wanted=$2 last=$3 status=0 said wrong='' text
  shift 3
  said=$(perl "$count" results.* 2>&1) || status=$?
  rm -f results.*
  [ "$status" -eq "$wanted" ] || wrong+="  exit status $status, not $wanted"$'\n'
  [ "${said##*$'\n'}" = "$last" ] || wrong+="  the last line is not: $last"$'\n'
  for text in "$@"; do
    grep -qF -- "$text" <<<"$said" || wrong+="  not said: $text"$'\n'
  done
  if [ -z "$wrong" ]; then
    echo "ok count-cases: $name"
  else
    printf 'not ok count-cases: %s\n%s\n' "$name" "$wrong$(sed 's/^/    /' <<<"$said")"
    any_failed=1
  fi
}

tap() { printf '%b' "$1" >results.tap; }

# program NAME STATUS OUTPUT: a program in CTest's results.
program() {
  printf '<testcase name="%s" classname="%s" time="0.1" status="%s">\n<system-out>%b</system-out>\n</testcase>\n' \
    "$1" "$1" "$2" "$3" >>results.xml
}

tap '1..2\nok 1 - one\nok 2 - two\n# exit status 0\n'
counts 'all is well' 0 '2 passed, 0 failed'
tap 'ok one\r\nnot ok two\r\n   why\r\nok three\n# exit status 1\n'
counts 'a failed case and what it says' 1 '2 passed, 1 failed' 'not ok results: two' 'why'
tap '1..3\nok 1 - one\n# exit status 139\n'
counts 'a program that crashes' 1 '1 passed, 1 failed' 'it failed after 1 good cases' 'ok 1 - one'
tap '1..3\nok 1 - one\nok 2 - two\n# exit status 0\n'
counts 'a program that ends early' 1 '2 passed, 1 failed' '3 cases were announced, 2 reported'
tap 'hello\n# exit status 0\n'
counts 'a program that reports nothing' 1 '0 passed, 1 failed' 'it reported no case' 'hello'
tap 'ok one\n'
counts 'a program that was killed' 1 '1 passed, 1 failed'
counts 'no results' 1 '0 passed, 1 failed' 'there are no results'
echo '<testsuite>' >results.xml
counts 'results without a test' 1 '0 passed, 1 failed' 'holds the results of no test'

program good run 'ok a &lt;b&gt; &amp; c\n'
program bad fail 'ok one\nnot ok 2 - a &lt; b\n# 1 != 2\n'
program crashed fail 'ok one\n'
program silent run ''
program setup.prefix run ''
program gone notrun ''
counts 'results of CTest' 1 '3 passed, 4 failed' 'not ok bad: a < b' '# 1 != 2' 'not ok crashed: it failed after 1' \
  'not ok silent: it reported no case' 'not ok gone: it failed without'
exit "$any_failed"

# testing.sh: sourced by the scripts beside it, which are called with the command under test and the repository's root.
# Each test is begun by `test_case NAME`; what is wrong in it is printed and makes it fail.
set -u
sockwarden=$1
root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
case_name= case_failed= any_failed=0 status=0

end_case() {
  [ -n "$case_name" ] || return 0
  if [ -n "$case_failed" ]; then
    echo "not ok $case_name"
    any_failed=1
  else
    echo "ok $case_name"
  fi
}

test_case() {
  end_case
  case_name=$1 case_failed=
}

wrong() {
  case_failed=yes
  printf '  | %s\n' "$1"
  sed 's/^/  |     /' out err 2>/dev/null | head -n 20
}

# policy FOLDER FILE: write the standard input to it; the folder is made anew unless it exists.
policy() {
  mkdir -p "$1"
  cat >"$1/$2"
}

# run STATUS ARGUMENTS...: run the command; its output is in out and err.
run() {
  local wanted=$1
  shift
  "$sockwarden" "$@" >out 2>err </dev/null
  status=$?
  [ "$status" -eq "$wanted" ] || wrong "sockwarden $*: exit status $status, not $wanted"
}

has() { grep -qF -- "$1" out || wrong "stdout does not hold: $1"; }
has_not() { ! grep -qF -- "$1" out || wrong "stdout holds: $1"; }
err_has() { grep -qF -- "$1" err || wrong "stderr does not hold: $1"; }
err_has_not() { ! grep -qF -- "$1" err || wrong "stderr holds: $1"; }
lines() { [ "$(wc -l <"$1")" -eq "$2" ] || wrong "$1 has $(wc -l <"$1") lines, not $2"; }

finish() {
  end_case
  exit "$any_failed"
}

#!/bin/sh
# smoke.sh PROGRAM [ARGS...]: runs a benchmark with --smoke and checks each line it prints. Times mean nothing here.
set -eu
output=$("$@" --smoke)
number='[0-9][0-9.e+-]*'
text='"[^"]*"'
form="^[{]\"platform\":$text,\"group\":$text,\"name\":$text,\"value\":$number,\"unit\":$text"
form="$form(,\"against\":$text)?(,\"ratio\":$number)?[}]\$"
wrong=$(printf '%s\n' "$output" | tr -d '\r' | grep -vE "$form" || :)
if [ -n "$wrong" ]; then
  printf 'not ok lines of another form:\n%s\n' "$(printf '%s\n' "$wrong" | sed 's,^,  ,')"
  exit 1
fi
count=$(printf '%s\n' "$output" | wc -l)
if [ "$count" -lt 5 ]; then
  echo "not ok only $count figures"
  exit 1
fi
echo "ok $count figures"

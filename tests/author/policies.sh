#!/usr/bin/env bash
# The shipped policies: each passes check without a warning, its tests reach all of it, and luacheck has nothing to say.
source "$(dirname "$0")/testing.sh"

count=0
for folder in "$root"/policies "$root"/policies/*/ "$root"/cli/embedded/starter; do
  name=${folder#"$root/"}
  test_case "check: $name"
  run 0 check "$folder"
  lines err 0
  has_not warning
  test_case "tests: $name"
  run 0 test "$folder" --threshold 100
  count=$((count + 1))
done

test_case "at least eight are shipped, beside the default set and the starter"
[ "$count" -ge 10 ] || wrong "only $count folders"

test_case "every shipped policy is in the cookbook"
for folder in "$root"/policies/*/; do
  name=$(basename "$folder")
  grep -qx "## $name" "$root/docs/cookbook.md" || wrong "$name is not explained"
done

test_case "the default set is harmless together: programs of every day get TCP, UDP and local sockets"
run 0 matrix "$root/policies" --app 'C:\Program Files\nodejs\node.exe' --json
grep -o '{"app[^}]*}' out | grep '"type":[12],' | grep -v '"verdict":"allow"' >refused
[ -s refused ] && wrong "refused: $(head -n 1 refused)"

test_case "the default set is what its folders hold"
cmp -s "$root/policies/10-raw-sockets.lua" "$root/policies/raw-sockets/10-raw-sockets.lua" || wrong "raw-sockets differs"
cmp -s "$root/policies/20-no-raw-for-services.lua" "$root/policies/no-raw-for-services/10-no-raw-for-services.lua" ||
  wrong "no-raw-for-services differs"

if command -v luacheck >/dev/null; then
  test_case "luacheck has nothing to say"
  (cd "$root" && luacheck --no-color --no-cache --config policies/.luacheckrc policies cli/embedded/starter) >out 2>err || wrong "luacheck"
  has "0 warnings / 0 errors"

  test_case "luacheck reports unknown names"
  policy bad 10-a.lua <<<'rule { type = SOCK_RAWW, verdict = allow() } os.exit(0) decide {}'
  luacheck --no-color --no-cache --config "$root/policies/.luacheckrc" bad >out 2>err && wrong "luacheck is content"
  has "SOCK_RAWW"
  has "'os'"
  has "'decide'"
else
  echo "luacheck is not installed: its part is left out"
fi
finish

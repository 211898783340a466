#!/usr/bin/env bash
# sockwarden init, bench, completion, annotations; --help and suggestions everywhere.
source "$(dirname "$0")/testing.sh"
commands=$("$sockwarden" --help | sed -n 's/^  \([a-z]\{1,\}\) .*/\1/p')
author="check eval matrix test bench init annotations completion"

test_case "every subcommand has --help and suggests the option meant"
for command in $author; do
  case " $commands " in *" $command "* | *"$command"*) ;; *) wrong "$command is not among the commands" ;; esac
  run 0 "$command" --help
  has "usage: sockwarden $command"
  run 2 "$command" --hepl
  err_has "unknown option --hepl; did you mean --help?"
done

test_case "an unknown command gets a suggestion"
run 2 martix
err_has "did you mean matrix?"

test_case "init writes a policy and its test, which pass check, test and coverage"
run 0 init new
has "wrote new/10-starter.lua"
run 0 check new
lines err 0
run 0 test new --threshold 100
grep -q '^--' new/10-starter.lua || wrong "the starter has no comments"

test_case "init never overwrites"
echo "-- mine" >new/10-starter.lua
run 1 init new
[ "$(cat new/10-starter.lua)" = "-- mine" ] || wrong "the file was overwritten"

test_case "init without a folder takes the current one"
mkdir here
(cd here && "$sockwarden" init) >out 2>err
[ -f here/10-starter.lua ] && [ -f here/10-starter_test.lua ] || wrong "nothing was written"

test_case "bench prints decisions a second and nanoseconds a decision, for each request"
policy p 10-a.lua <<<'rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }'
run 0 bench p --milliseconds 5 --type raw
has "AF_INET SOCK_RAW IPPROTO_IP: reject"
grep -qE '[0-9.]+ ns a decision' out || wrong "no nanoseconds"
grep -qE '[0-9]+ decisions a second' out || wrong "no decisions a second"
printf '{"type":3}\n{"app":"x.exe"}\n' >calls
run 0 bench p --milliseconds 5 --request calls --json
[ "$(grep -o '"decisions_per_second":[1-9][0-9]*' out | wc -l)" -eq 2 ] || wrong "not two measurements"
has '"app":"x.exe"'
run 2 bench

# ---- completion ----

# complete WORDS...: what bash would offer for the last word.
complete_words() {
  bash -c 'source <("$1" completion bash) || exit; shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _sockwarden; printf "%s\n" "${COMPREPLY[@]}"' - "$sockwarden" "$@" >out 2>err
  lines err 0
}

test_case "bash completion: commands"
complete_words "$sockwarden" ma
[ "$(cat out)" = matrix ] || wrong "not matrix"
complete_words "$sockwarden" ""
for command in $commands; do grep -qx "$command" out || wrong "$command is not offered"; done

test_case "bash completion: every option of every command, as its --help lists them"
for command in $commands; do
  complete_words "$sockwarden" "$command" --
  sort -u out >offered
  "$sockwarden" "$command" --help 2>/dev/null | grep -oE '^  --[a-z-]+' | tr -d ' ' | sort -u >listed
  [ -s listed ] && cmp -s offered listed || wrong "$command: $(comm -3 offered listed | tr '\n' ' ')"
done

test_case "bash completion: values and folders"
complete_words "$sockwarden" eval --type r
[ "$(sort out | tr '\n' ' ')" = "raw rdm " ] || wrong "not raw and rdm"
complete_words "$sockwarden" eval --mode ""
[ "$(sort out | tr '\n' ' ')" = "audit enforce off " ] || wrong "not the modes"
mkdir -p folders/inner
complete_words "$sockwarden" eval --policies folders/
[ "$(cat out)" = folders/inner ] || wrong "not the folder"

test_case "completion for PowerShell is the script of the repository"
run 0 completion powershell
cmp -s out "$root/cli/embedded/completion/sockwarden.ps1" || wrong "it differs"
has "Register-ArgumentCompleter -Native -CommandName sockwarden"
run 2 completion fish

# ---- annotations ----

test_case "the annotations and luacheck's configuration in policies/ are those of this sockwarden"
run 0 annotations
cmp -s out "$root/policies/.luals/sockwarden.lua" || wrong "print them anew: sockwarden annotations >policies/.luals/sockwarden.lua"
[ "$(head -n 1 out)" = "---@meta sockwarden" ] || wrong "no ---@meta"
run 0 annotations --luacheck
cmp -s out "$root/policies/.luacheckrc" || wrong "print it anew: sockwarden annotations --luacheck >policies/.luacheckrc"

test_case "every annotated name exists in policies, and every annotated field of a request"
"$sockwarden" annotations >annotations
{
  sed -n 's/^\([A-Z][A-Za-z0-9_]*\) = \(.*\)$/assert(\1 == \2)/p' annotations
  sed -n '/^function test/q; s/^function \([a-z_]*\)(.*/assert(type(\1) == "function")/p' annotations
  echo 'on_socket(function(request)'
  sed -n '/^---@class sockwarden.Request$/,/^$/s/^---@field \([a-z_]*\) .*/  local _ = request.\1/p' annotations
  sed -n '/^---@class sockwarden.App/,/^$/s/^---@field \([a-z_]*\) .*/  local _ = request.app.\1/p' annotations
  echo 'end)'
  echo 'rule {'
  sed -n '/^---@class sockwarden.Rule/,/^$/s/^---@field \([a-z_]*\) .*/  \1 = nil,/p' annotations
  echo '  verdict = allow() }'
} | policy annotated 10-a.lua
[ "$(grep -c assert annotated/10-a.lua)" -ge 140 ] || wrong "too few names are annotated"
[ "$(grep -c 'request\.' annotated/10-a.lua)" -ge 19 ] || wrong "too few fields are annotated"
run 0 check annotated
err_has_not "10-a.lua"

test_case "every name that a misspelling may stand for is annotated"
for name in allow reject rewrite rule on_socket log none_of test decide assert_allow assert_reject; do
  grep -q "^function $name(" annotations || wrong "$name is not annotated"
done
finish

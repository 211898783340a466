# The decision log: what programs leave behind, and the command that reads it.

# log_run FOLDER LOGS [wine-run options...] -- ARGS...: sockprobe under those policies, logging to LOGS.
log_run() {
  local folder=$1 logs=$2
  shift 2
  mkdir -p "$logs"
  wine_run --policies "$folder" --set "LogDir=Z:${logs//\//\\}" "$@" || true
}

sockwarden() {
  wine_run --no-lsp -- "$build/cli/sockwarden.exe" "$@" | tr -d '\r'
}

# The lines that are no whole record, and how many records say WHAT.
broken_lines() { cat "$1"/*.jsonl | grep -cvE '^\{"time":"[0-9T:.-]{23}Z","kind":"(decision|policy)",.*\}$' || true; }
records() { cat "$1"/*.jsonl 2>/dev/null | grep -cF "$2" || true; }

case_log_tells_what_was_refused() {
  local folder logs=$scratch/log-refused said
  folder=$(policy_folder log-refused <<<'rule { name = "no raw", type = SOCK_RAW, verdict = reject(WSAEACCES, "why") }')
  log_run "$folder" "$logs" -- "$programs/sockprobe.exe" --type raw --protocol icmp --count 3 --interval 50 >/dev/null
  log_run "$folder" "$logs" -- "$programs/sockprobe.exe" --type dgram >/dev/null
  expect 'broken lines' 0 "$(broken_lines "$logs")"
  expect 'one record and its count' 2 "$(cat "$logs"/*.jsonl | wc -l)"
  expect 'repeated' 1 "$(records "$logs" '"repeated":2}')"
  said=$(sockwarden log --log-dir "Z:${logs//\//\\}")
  expect_match 'read' 'reject +WSAEACCES +sockprobe\.exe \([0-9]+\) +AF_INET SOCK_RAW IPPROTO_ICMP +10-policy\.lua:1 no raw: why' "$said"
  expect_match 'its count' '\(2 more like it\)' "$said"
}

case_log_tells_in_audit_mode_what_would_have_been() {
  local folder logs=$scratch/log-audit
  folder=$(policy_folder log-audit <<<'rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }
rule { af = AF_INET6, type = SOCK_DGRAM, verdict = rewrite { af = AF_INET } }')
  log_run "$folder" "$logs" --set Mode=audit -- "$programs/sockprobe.exe" --type raw --protocol icmp >/dev/null
  log_run "$folder" "$logs" --set Mode=audit -- "$programs/sockprobe.exe" --af inet6 --type dgram >/dev/null
  expect 'reject' 1 "$(records "$logs" '"mode":"audit","verdict":"reject","code":10013,"error":"WSAEACCES"')"
  expect 'rewrite' 1 "$(records "$logs" '"rewritten":{"af":2,"type":2,"protocol":17}')"
}

case_log_tells_bad_settings_and_broken_policies() {
  local folder logs=$scratch/log-trouble
  folder=$(policy_folder log-trouble <<<'rule { typ = 3 }')
  log_run "$folder" "$logs" --set Mode=adit -- "$programs/sockprobe.exe" >/dev/null
  expect 'the setting' 1 "$(records "$logs" "Sockwarden: Mode is 'adit', not one of enforce, audit, off; using enforce")"
  expect 'the policy' 1 "$(records "$logs" '"kind":"policy","severity":"error"')"
  expect 'broken lines' 0 "$(broken_lines "$logs")"
}

# Many processes write to one file at the same time: every record of each is there, whole.
case_log_takes_records_of_many_processes() {
  local folder logs=$scratch/log-many
  folder=$(policy_folder log-many <<<'local n = 0
on_socket(function(request) n = n + 1; return reject(WSAEACCES, "number " .. n) end)')
  printf '@echo off\r\nfor /L %%%%i in (1,1,8) do start /b "" "%s" --count 40 --interval 1\r\n' \
    "Z:${programs//\//\\}\\sockprobe.exe" >"$scratch/many.cmd"
  log_run "$folder" "$logs" -- cmd /c "Z:${scratch//\//\\}\\many.cmd" >/dev/null
  for _ in $(seq 100); do
    [ "$(records "$logs" '"reason":"number 40"')" -lt 8 ] || break
    sleep 0.2
  done
  expect 'broken lines' 0 "$(broken_lines "$logs")"
  expect 'records' 320 "$(records "$logs" '"reason":"number ')"
  expect 'of so many processes' 8 "$(cat "$logs"/*.jsonl | grep -o '"pid":[0-9]*' | sort -u | wc -l)"
}

case_log_that_cannot_be_written_changes_nothing() {
  local folder
  folder=$(policy_folder log-nowhere <<<'rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }')
  expect_match 'refused all the same' 'WSAEACCES' \
    "$(wine_run --policies "$folder" --set "LogDir=Z:\\no\\such\\folder" -- "$programs/sockprobe.exe" --type raw || true)"
  expect_match 'allowed all the same' '^ok:' \
    "$(wine_run --policies "$folder" --set "LogDir=Z:\\no\\such\\folder" --set LogLevel=2 -- "$programs/sockprobe.exe")"
}

# Nothing heavy in other people's processes: what the layer does inside a program, seen from inside (host_footprint.c).

# footprint FOLDER [wine-run options...] -- STEPS...: what host_footprint prints, without carriage returns.
footprint() {
  local folder=$1
  shift
  wine_run --policies "$folder" "${@:1:footprint_options}" -- "$programs/host_footprint.exe" "${@:footprint_options + 1}" | tr -d '\r'
}
footprint_options=0

windows_path() { echo "Z:${1//\//\\}"; }

# calls_of FUNCTION <what host_footprint printed
calls_of() { sed -n "s/^$1 \([0-9]*\), .*/\1/p" | paste -sd' '; }

case_footprint_has_no_thread() {
  local folder said
  folder=$(policy_folder footprint-threads <<<'rule { type = SOCK_STREAM, verdict = reject(WSAEMFILE) }')
  echo 'rule { type = SOCK_STREAM, verdict = reject(WSAENOBUFS) }' >"$scratch/05-new.lua"
  said=$(footprint "$folder" threads socket socket threads copy "$(windows_path "$scratch/05-new.lua")" \
    "$(windows_path "$folder/05-new.lua")" wait 1200 socket socket threads)
  expect 'both policies at work' 'socket 10024 socket 10024 socket 10055 socket 10055' "$(grep '^socket' <<<"$said" | paste -sd' ')"
  expect 'the same number of threads throughout' 1 "$(grep '^threads' <<<"$said" | sort -u | wc -l)"
}

# Account and service names take RPC: only where a policy reads them, and once.
case_footprint_has_no_name_lookup_unless_asked() {
  local folder said
  folder=$(policy_folder footprint-no-names <<<'rule { type = SOCK_STREAM, user = "S-1-5-18", elevated = false, verdict = allow() }
rule { type = SOCK_STREAM, verdict = reject(WSAEMFILE) }
on_socket(function(request) if request.app.sid == "" then return allow() end end)')
  said=$(footprint "$folder" socket socket calls)
  expect 'accounts, nobody asks' 0 "$(calls_of LookupAccountSidW <<<"$said")"
  expect 'services, nobody asks' 0 "$(calls_of OpenSCManagerW <<<"$said")"
  expect 'what is watched is called' '' "$(calls_of RegOpenKeyExW <<<"$said" | grep -x 0)"
  folder=$(policy_folder footprint-names <<<'rule { user = "nobody-here", verdict = allow() }
rule { service = "NoSuchService", verdict = allow() }
on_socket(function(request)
  if request.app.user ~= "" and not request.app.service then return reject(WSAEMFILE, request.app.user) end
end)')
  echo 'rule { user = "nobody-here-either", service = "NorThisOne", verdict = allow() }' >"$scratch/05-names.lua"
  said=$(footprint "$folder" socket socket copy "$(windows_path "$scratch/05-names.lua")" "$(windows_path "$folder/05-names.lua")" \
    wait 1200 socket socket calls)
  expect 'decisions' 4 "$(grep -cx 'socket 10024' <<<"$said")"
  expect 'accounts, everybody asks' 1 "$(calls_of LookupAccountSidW <<<"$said")"
  expect 'services, everybody asks' 1 "$(calls_of OpenSCManagerW <<<"$said")"
}

# A thread acts for its client: policies, settings, tokens and logs are read and written as the process all the same.
case_footprint_is_that_of_the_process_not_of_its_client() {
  local folder said logs=$scratch/footprint-logs
  mkdir -p "$logs"
  folder=$(policy_folder footprint-client <<<'on_socket(function(request)
  local app = request.app
  return reject(WSAEMFILE, tostring(app.user) .. app.sid .. tostring(app.elevated))
end)')
  echo 'rule { type = SOCK_STREAM, verdict = reject(WSAENOBUFS) }' >"$scratch/05-client.lua"
  footprint_options=2
  said=$(footprint "$folder" --set "LogDir=$(windows_path "$logs")" client socket same-client copy \
    "$(windows_path "$scratch/05-client.lua")" "$(windows_path "$folder/05-client.lua")" wait 1200 socket same-client calls)
  footprint_options=0
  expect 'both policies at work' 'socket 10024 socket 10055' "$(grep '^socket' <<<"$said" | paste -sd' ')"
  expect 'the same client afterwards' 'same client: yes same client: yes' "$(grep '^same' <<<"$said" | paste -sd' ')"
  expect 'both records' 2 "$(cat "$logs"/*.jsonl | grep -c '"verdict":"reject"')"
  expect 'calls as the client' '' "$(grep -E 'as the client [1-9]' <<<"$said")"
  for name in RegOpenKeyExW CreateFileW FindFirstFileW ReadFile WriteFile OpenProcessToken LookupAccountSidW; do
    expect_match "$name is called" '^[1-9]' "$(calls_of "$name" <<<"$said")"
  done
}

# From WSASocket down, with the log written: tests/unit/scripting/test_stack.c looks for the engine's worst.
case_footprint_on_the_stack_is_small() {
  local folder said logs=$scratch/footprint-stack i deep='' worst=0
  mkdir -p "$logs"
  folder=$(policy_folder footprint-stack <<'LUA'
on_socket(function(request)
  local n = 0
  local function f(s)
    n = n + 1
    local a = ("a"):rep(90):find(("a?"):rep(n > 5 and 97 or 1) .. "b")
    return (s:gsub(".", f))
  end
  log(("l"):rep(1000))
  f("a")
end)
rule { verdict = reject(WSAEMFILE, ("why "):rep(100)) }
LUA
  )
  for ((i = 0; i < 190; i++)); do deep+='local function f() '; done
  for ((i = 0; i < 190; i++)); do deep+=' end'; done
  echo "$deep" >"$scratch/05-deep.lua"
  footprint_options=2
  said=$(footprint "$folder" --set "LogDir=$(windows_path "$logs")" socket socket stack socket stack copy "$(windows_path "$scratch/05-deep.lua")" \
    "$(windows_path "$folder/05-deep.lua")" wait 1200 socket stack)
  footprint_options=0
  expect 'sockets' 4 "$(grep -cx 'socket 10024' <<<"$said")"
  # shellcheck disable=SC2046
  set -- $(sed -n 's/^stack //p' <<<"$said")
  echo "stack: decisions $1 and $2 bytes, a load $3 bytes" >&3
  [ "$1" -gt 4096 ] && [ "$1" -lt 32768 ] && [ "$2" -lt 32768 ] && [ "$3" -gt 32768 ] && [ "$3" -lt 131072 ]
}

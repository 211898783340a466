# scripts/wine-run.sh: what a program reads, writes and ends with arrives, whole and in time.

node() {
  wine_run --no-lsp -- "$(obtain node)" "$@"
}

# tags: node
case_wine_run_passes_output_and_status() {
  local out status=0
  out=$(node -e 'console.log("out"); console.error("err"); process.exit(7)' 2>"$scratch/err") || status=$?
  expect 'status' 7 "$status"
  expect 'stdout' out "$out"
  expect 'stderr' err "$(cat "$scratch/err")"
}

# tags: node
case_wine_run_passes_large_binary_input_and_output() {
  head -c 5000000 /dev/urandom >"$scratch/in"
  node -e 'process.stdin.pipe(process.stdout)' <"$scratch/in" >"$scratch/out"
  cmp "$scratch/in" "$scratch/out"
  # Through pipes too, and all of it although the program ends right after.
  expect 'bytes' 50000000 \
    "$(node -e 'const b = Buffer.alloc(1e6); for (let i = 0; i < 50; i++) process.stdout.write(b); process.exit(0)' | wc -c)"
}

# tags: node
case_wine_run_passes_arguments_as_they_are() {
  local said
  said=$(node -e 'console.log(JSON.stringify(process.argv.slice(1)))' -- 'a b' 'c"d' '' 'e\' 'f\"g' '*' '%PATH%' '&|<>^')
  expect 'arguments' '["a b","c\"d","","e\\","f\\\"g","*","%PATH%","&|<>^"]' "$said"
}

# tags: node
case_wine_run_gives_input_as_it_comes() {
  local out=$scratch/pieces
  : >"$out"
  # The second piece comes only when the first has been read.
  { echo first; wait_for_output "$out"; echo second; } |
    node -e 'let n = 0; process.stdin.on("data", () => console.log("piece", ++n))' >"$out"
  expect 'pieces of input' 'piece 1 piece 2' "$(tr -d '\r' <"$out" | paste -sd' ')"
}

# tags: node
case_wine_run_knows_closed_and_empty_input() {
  local script='process.stdin.on("data", () => {}).on("end", () => console.log("end"))'
  expect 'empty' end "$(node -e "$script" </dev/null)"
  expect 'closed' end "$(node -e "$script" <&-)"
}

case_wine_run_runs_windows_programs_anywhere() {
  mkdir -p "$scratch/a folder"
  cp "$programs/sockprobe.exe" "$scratch/a folder/my probe.exe"
  cd "$scratch/a folder"
  expect_match 'relative path' '^ok:' "$(wine_run --no-lsp -- './my probe.exe')"
  expect_match 'name alone' '^ok:' "$(wine_run --no-lsp -- 'my probe.exe')"
  expect_match 'Windows path and working directory' 'a folder' "$(wine_run --no-lsp -- 'C:\windows\system32\cmd.exe' /c cd)"
  expect_match 'environment' 'told by us' "$(SOCKWARDEN_SAYS='told by us' wine_run --no-lsp -- cmd /c 'echo %SOCKWARDEN_SAYS%')"
}

# status EXPECTED MESSAGE ARGS...
status() {
  local expected=$1 message=$2 said got=0
  shift 2
  said=$(wine_run "$@" 2>&1) || got=$?
  expect "status of: $*" "$expected" "$got"
  expect_match "message of: $*" "$message" "$said"
}

case_wine_run_tells_what_is_wrong() {
  status 127 'program not found: /no/such.exe' --no-lsp -- /no/such.exe
  status 127 'program not found: no-such.exe' --no-lsp -- no-such.exe
  status 2 'policy folder not found: /no/such' --policies /no/such -- cmd /c exit
  status 2 '--upper takes ifs or non-ifs' --upper sideways -- cmd /c exit
  status 2 '--lower needs a value' --lower
  status 2 'unknown option --bogus' --bogus
  status 2 'usage:'
}

# tags: node
case_wine_run_ends_the_program_when_killed() {
  local marker=sockwarden-e2e-$$-$RANDOM pid status=0
  "$root/scripts/wine-run.sh" --no-lsp -- "$(obtain node)" \
    -e 'console.log("up"); setInterval(() => {}, 1000)' "$marker" >"$scratch/up" 2>&1 &
  pid=$!
  for _ in $(seq 100); do
    grep -q up "$scratch/up" && break
    sleep 0.1
  done
  expect 'a server is heard while it runs' up "$(cat "$scratch/up")"
  kill "$pid"
  wait "$pid" || status=$?
  expect 'status' 143 "$status"
  sleep 1
  expect 'processes left' '' "$(pgrep -f "node.exe.*$marker" || true)"
}

# What is left of a prefix whose making failed is no prefix.
case_wine_run_makes_a_prefix_whole_or_not_at_all() {
  local folder bin=$scratch/wine-that-fails
  folder=$(policy_folder half-made <<<'rule { verdict = reject(WSAEMFILE) }')
  mkdir -p "$bin"
  printf '#!/bin/sh\ncase " $* " in *" regedit "*) exit 1 ;; esac\nexec "%s" "$@"\n' "$(command -v wine)" >"$bin/wine"
  chmod +x "$bin/wine"
  PATH=$bin:$PATH status 127 'cannot write settings' --policies "$folder" -- "$programs/sockprobe.exe"
  expect_match 'the next time' WSAEMFILE "$(wine_run --policies "$folder" -- "$programs/sockprobe.exe" || true)"
}

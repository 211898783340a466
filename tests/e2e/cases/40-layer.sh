# The layer: what programs observe under policies.

probe() {
  local folder=$1
  shift
  wine_run --policies "$folder" -- "$programs/sockprobe.exe" "$@" || true
}

case_layer_is_loaded_from_the_catalog() {
  # A layer that does nothing passes everything on: the base provider's own answer.
  expect_match 'pass-through layer' 'ok: .*protocol=icmp\(1\) catalog_id=1003' \
    "$(wine_run --layer "$build/tests/winsock/dll/pass_through.dll" -- "$programs/sockprobe.exe" --type raw --protocol icmp)"
  mkdir -p "$scratch/none"
  expect_match 'ours' 'ok: .*protocol=tcp\(6\) catalog_id=10(0[789]|1[0-9]) "Sockwarden over \[MSAFD Tcpip \[TCP/IP\]\]"' \
    "$(probe "$scratch/none")"
}

# tags: needs-whole-winsock
case_layer_changes_nothing_when_policies_allow_everything() {
  mkdir -p "$scratch/none"
  wine_run --no-lsp -- "$programs/api_tour.exe" >"$scratch/without"
  wine_run --policies "$scratch/none" -- "$programs/api_tour.exe" >"$scratch/with"
  diff "$scratch/without" "$scratch/with"
}

case_layer_rejects_with_the_chosen_error() {
  local folder
  folder=$(policy_folder reject <<<'rule { type = SOCK_RAW, app = none_of { "ping.exe" }, verdict = reject(WSAEACCES) }')
  expect_match 'refused' 'WSAEACCES \(10013\)' "$(probe "$folder" --type raw --protocol icmp)"
  expect_match 'other sockets' '^ok:' "$(probe "$folder" --type dgram)"
  cp "$programs/sockprobe.exe" "$scratch/ping.exe"
  expect_match 'the same program by another name' '^ok: .*raw' \
    "$(wine_run --policies "$folder" -- "$scratch/ping.exe" --type raw --protocol icmp)"
}

case_layer_rewrites_through_the_sibling_chain() {
  local folder
  folder=$(policy_folder rewrite <<<'rule { af = AF_INET6, type = SOCK_DGRAM, verdict = rewrite { af = AF_INET } }')
  expect_match 'rewritten' 'ok: af=inet\(2\) type=dgram\(2\) protocol=udp\(17\) .*UDP/IP\]\]" getsockname=inet\(2\)' \
    "$(probe "$folder" --af inet6 --type dgram)"
}

case_layer_follows_a_policy_dropped_in_while_a_program_runs() {
  local folder=$scratch/live
  mkdir -p "$folder"
  : >"$scratch/live.out"
  { wait_for_output "$scratch/live.out"; echo 'rule { type = SOCK_DGRAM, verdict = reject(WSAEPROTONOSUPPORT) }' >"$folder/10-no-udp.lua"; } &
  probe "$folder" --type dgram --count 14 --interval 500 >"$scratch/live.out"
  expect_match 'before' '^ok:' "$(sed -n 1p "$scratch/live.out")"
  expect_match 'after' 'WSAEPROTONOSUPPORT' "$(sed -n '$p' "$scratch/live.out")"
}

case_layer_hands_sockets_to_children() {
  mkdir -p "$scratch/none"
  for way in duplicate inherit; do
    expect_match "$way" 'Sockwarden over .*UDP/IP.*sent 15.*closed 0.*received 15' \
      "$(wine_run --policies "$scratch/none" -- "$programs/handover.exe" "$way" | tr '\n' ' ')"
  done
}

case_layer_reads_its_settings_from_the_registry() {
  local folder
  folder=$(policy_folder settings <<<'rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }')
  expect_match 'Mode=off' '^ok:' \
    "$(wine_run --policies "$folder" --set Mode=off -- "$programs/sockprobe.exe" --type raw --protocol icmp)"
  expect_match 'Mode=audit' '^ok:' \
    "$(wine_run --policies "$folder" --set Mode=audit -- "$programs/sockprobe.exe" --type raw --protocol icmp)"
  expect_match 'DefaultVerdict=reject' 'WSAEACCES' \
    "$(wine_run --policies "$folder" --set DefaultVerdict=reject -- "$programs/sockprobe.exe" || true)"
}

case_layer_runs_side_by_side_under_different_policies() {
  local allow=$scratch/side-allow refuse pids=()
  mkdir -p "$allow"
  refuse=$(policy_folder side-refuse <<<'rule { type = SOCK_STREAM, verdict = reject(WSAEACCES) }')
  probe "$allow" --count 3 --interval 300 >"$scratch/side.1" & pids+=($!)
  probe "$refuse" --count 3 --interval 300 >"$scratch/side.2" & pids+=($!)
  probe "$allow" --count 3 --interval 300 >"$scratch/side.3" & pids+=($!)
  wait "${pids[@]}"
  expect 'allowed' '6' "$(cat "$scratch/side.1" "$scratch/side.3" | grep -c '^ok:')"
  expect 'refused' '3' "$(grep -c WSAEACCES "$scratch/side.2")"
}

case_layer_stands_many_threads() {
  mkdir -p "$scratch/none"
  wine_run --no-lsp -- "$programs/stress.exe" 16 100
  wine_run --policies "$scratch/none" -- "$programs/stress.exe" 16 100
}

# An uncategorised layer "will not be loaded" into a program that permits certain categories only (Categorizing Layered
# Service Providers and Applications).
# tags: needs-catalog-functions
case_layer_stays_out_of_programs_that_permit_other_categories() {
  local folder
  folder=$(policy_folder categories <<<'rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }')
  cp "$programs/sockprobe.exe" "$scratch/system.exe"
  cp "$programs/sockprobe.exe" "$scratch/other.exe"
  wine_run --policies "$folder" -- "$build/tests/winsock/layerctl.exe" permit \
    "Z:${scratch//\//\\}\\system.exe" 0x80000000
  expect_match 'categorised' '^ok: .*catalog_id=1003' \
    "$(wine_run --policies "$folder" -- "$scratch/system.exe" --type raw --protocol icmp)"
  expect_match 'not categorised' 'WSAEACCES' \
    "$(wine_run --policies "$folder" -- "$scratch/other.exe" --type raw --protocol icmp || true)"
}

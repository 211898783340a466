# How the layer comes and goes (tests/e2e/lifecycle/lifecycle.c).

# lives WHAT OPTIONS...: that test of lifecycle.exe; prints what does not hold.
lives() {
  mkdir -p "$scratch/none"
  wine_run --policies "$scratch/none" "${@:2}" -- "$programs/lifecycle/lifecycle.exe" "$1"
}

case_startup_and_cleanup_nest_and_repeat() {
  lives nested
}

case_startup_and_cleanup_on_many_threads() {
  lives threads
}

# A lower WSPStartup that fails, answers with version 2.1, leaves any one of thirty functions NULL; then several chains
# alive while others fail so.
# tags: needs-start-errors
case_lower_providers_that_do_not_start() {
  local file=$scratch/failing started ended
  RECORD_FILE=Z:${file//\//\\} lives failing --lower ifs
  started=$(grep -c '"call":"WSPStartup","phase":"leave","error":0,' "$file")
  ended=$(grep -c '"call":"WSPCleanup","phase":"leave"' "$file")
  # Each start of the layer below is ended, but the one whose table has no WSPCleanup.
  [ "$started" -ge 70 ] || { echo "only $started starts"; return 1; }
  expect 'starts ended' "$((started - 1))" "$ended"
}

case_lower_provider_that_is_missing() {
  lives missing --lower ifs
}

# infos FILE LAYER: what that layer's WSPSocket was handed, call by call.
infos() {
  grep "\"layer\":\"$2\".*\"call\":\"WSPSocket\",\"phase\":\"enter\"" "$1" | sed -E 's/.*"info":"([0-9a-f]*)".*/\1/'
}

# "initialize all of its chains at once": the layer above starts ours for all it loads with an info that names another of
# our chains, none of our ids, or only the hidden one (Microsoft's sample LSP, provider.cpp).
case_layers_above_that_load_everything_at_once() {
  local whole='' name kind
  policy_folder at-once >/dev/null <<<'rule { type = SOCK_RAW, protocol = 254, verdict = reject(WSAEACCES) }'
  for kind in tcp4:TCP/IP udp4:UDP/IP raw4:RAW/IP tcp6:TCP/IPv6 udp6:UDP/IPv6; do
    name=${kind#*:}
    whole+="${kind%%:*}: Upper over [Sockwarden over [Lower over [MSAFD Tcpip [$name]]]]"$'\n'
  done
  for how in first none hidden; do
    local file=$scratch/at-once.$how
    expect "$how" "${whole}0 failures" \
      "$(RECORD_INFO=$how RECORD_FILE=Z:${file//\//\\} wine_run --policies "$scratch/at-once" --upper ifs --lower ifs \
        -- "$programs/lifecycle/outside.exe" kinds | tr -d '\r')"
    # Below ours, each socket's info is the chain that the program chose, byte for byte.
    infos "$file" upper >"$file.upper"
    expect "$how: infos" 5 "$(sort -u "$file.upper" | wc -l)"
    infos "$file" lower | cmp "$file.upper" -
    expect_match "$how: a verdict" 'WSAEACCES' "$(RECORD_INFO=$how wine_run --policies "$scratch/at-once" \
      --upper ifs --lower ifs -- "$programs/sockprobe.exe" --type raw --protocol 254 || true)"
  done
}

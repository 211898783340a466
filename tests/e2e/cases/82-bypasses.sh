# Where Winsock itself goes past a verdict: covered, or a limit that docs/conformance.md and docs/threat-model.md name.

# bypassing OPTIONS... -- ARGS...: what sockprobe says under the policies in $scratch/bypasses.
bypassing() {
  local options=()
  while [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  wine_run --policies "$scratch/bypasses" "${options[@]}" -- "$programs/sockprobe.exe" "${@:2}" || true
}

bypass_policies() {
  policy_folder bypasses >/dev/null <<'LUA'
rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }
rule { af = AF_INET6, type = SOCK_DGRAM, verdict = rewrite { af = AF_INET } }
LUA
}

# On WSAEINPROGRESS ws2_32 goes on to the next entry that matches. After a rewrite that would be the base provider with the
# program's own triple.
case_in_progress_from_below_after_a_rewrite_ends_the_search() {
  bypass_policies
  expect_match 'rewritten' 'refused:.*WSAEPROTONOSUPPORT' \
    "$(RECORD_FAIL='lower WSPSocket 10036' bypassing --lower ifs -- --af inet6 --type dgram)"
}

# Limit: of what was allowed as it is, the search goes on below us. The triple is the one that the policies allowed.
case_in_progress_from_below_of_what_was_allowed_goes_past_us() {
  bypass_policies
  expect_match 'allowed' '^ok: .*type=stream\(1\) .*"MSAFD Tcpip \[TCP/IP\]"' \
    "$(RECORD_FAIL='lower WSPSocket 10036' bypassing --lower ifs --)"
  # What they reject stays rejected, also where the search comes to it only then: RAW after nothing else matched.
  expect_match 'rejected' 'refused:.*WSAEACCES' \
    "$(RECORD_FAIL='lower WSPSocket 10036' bypassing --lower ifs -- --type raw --protocol icmp)"
}

# A policy cannot say it: the file is refused when it is loaded, and OnError decides.
case_in_progress_from_a_policy_is_refused() {
  policy_folder in-progress >/dev/null <<<'rule { verdict = reject(WSAEINPROGRESS) }'
  expect_match 'OnError=reject' 'refused:.*WSAEACCES' \
    "$(wine_run --policies "$scratch/in-progress" --set OnError=reject -- "$programs/sockprobe.exe" || true)"
}

# Limit: a program that names the base provider's entry never comes to us.
case_a_provider_chosen_by_catalog_id_goes_past_us() {
  bypass_policies
  expect_match 'by the triple' 'refused:.*WSAEACCES' "$(bypassing -- --type raw --protocol icmp)"
  expect_match 'the base entry' '^ok: .*type=raw\(3\) .*catalog_id=1003 "MSAFD Tcpip \[RAW/IP\]"' \
    "$(bypassing -- --type raw --protocol icmp --use-info 1003)"
}

# given WAY: what a child says of a socket its parent gave it, where the policies reject what is shared.
given() {
  wine_run --policies "$scratch/bypasses-shared" -- "$programs/handover.exe" "$1" | tr -d '\r' | tr '\n' ' ' || true
}

# Duplicated sockets are decided in the process that opens them. Limit: inherited handles are not opened, so nobody decides.
case_sockets_of_other_processes() {
  policy_folder bypasses-shared >/dev/null <<<'rule { shared = true, verdict = reject(WSAEACCES) }'
  expect_match 'duplicated' 'child: no socket: 10013' "$(given duplicate)"
  expect_match 'inherited' 'child: sent 15 .*closed 0 .*received 15' "$(given inherit)"
}

# Limit: WSPAccept is not decided; the listening socket was. What it makes is labelled as ours.
case_accepted_sockets_are_not_decided() {
  mkdir -p "$scratch/accepting"
  expect_match 'accepted' '^accepted: Sockwarden over \[MSAFD Tcpip \[TCP/IP\]\].*0 failures' \
    "$(wine_run --policies "$scratch/accepting" -- "$programs/lifecycle/outside.exe" accept \
      "Z:${scratch//\//\\}\\accepting" | tr -d '\r' | tr '\n' ' ')"
}

# ours HOW EXPECTED: what outside.exe says of sockets that it made so.
ours() {
  mkdir -p "$scratch/none"
  expect_match "$1" "^$2.*0 failures" \
    "$(wine_run --policies "$scratch/none" -- "$programs/lifecycle/outside.exe" "$1" | tr -d '\r' | tr '\n' ' ')"
}

# tags: needs-whole-winsock
case_sockets_that_join_connect_by_name_and_tell_windows_stay_ours() {
  ours join 'joined: Sockwarden over \[MSAFD Tcpip \[UDP/IP\]\]'
  ours name 'connected: Sockwarden over .*accepted: Sockwarden over '
  ours window 'accepted: Sockwarden over '
}

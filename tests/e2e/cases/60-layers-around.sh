# Other layers above and below ours, IFS and non-IFS, and both.

shapes=('--upper ifs' '--upper non-ifs' '--lower ifs' '--lower non-ifs' '--upper non-ifs --lower non-ifs')

# among SHAPE ARGS...: wine_run with layers around ours, under no policies.
among() {
  mkdir -p "$scratch/none"
  # shellcheck disable=SC2086
  wine_run --policies "$scratch/none" $1 "${@:2}"
}

# tags: needs-stand-in needs-non-ifs
case_stand_in_makes_handles_for_providers_that_have_none() {
  RECORD_FILE=Z:${scratch//\//\\}\\upcalls wine_run --no-lsp --upper ifs -- "$build/tests/winsock/upcalls_test.exe"
}

# same_tour PROGRAM LINES SHAPE...: the same from the built-in ws2_32 (so many lines at least), from the stand-in, and among
# layers. Under a non-IFS layer one thing must differ: its handles are none of the base provider's.
same_tour() {
  local differs='base handle is the handle'
  WINEDLLOVERRIDES='ws2_32=b' wine_run --no-lsp -- "$programs/$1.exe" | grep -v "$differs" >"$scratch/$1.built-in"
  [ "$(wc -l <"$scratch/$1.built-in")" -ge "$2" ] || { echo 'the tour ended early'; cat "$scratch/$1.built-in"; return 1; }
  wine_run --no-lsp -- "$programs/$1.exe" | grep -v "$differs" | diff "$scratch/$1.built-in" -
  for shape in "${@:3}"; do
    echo "$shape"
    among "$shape" -- "$programs/$1.exe" >"$scratch/$1.among"
    grep -v "$differs" "$scratch/$1.among" | diff "$scratch/$1.built-in" -
  done
}

# tags: needs-non-ifs needs-whole-winsock
case_layers_around_change_nothing() {
  same_tour api_tour 60 "${shapes[@]}"
  expect_match 'non-IFS handles are not the base provider'"'"'s' 'base handle is the handle: 0' \
    "$(among '--upper non-ifs' -- "$programs/api_tour.exe")"
}

# Completion ports, AcceptEx, ConnectEx, TransmitFile. The errors that break a request off included.
# tags: needs-non-ifs
case_layers_around_report_to_completion_ports() {
  same_tour port_tour 25 '--upper non-ifs' '--lower non-ifs' '--upper non-ifs --lower non-ifs'
}

# libuv asks at start whether the TCP entries have IFS handles, and goes without its short cuts where they have not.
# tags: needs-non-ifs node
case_node_runs_among_layers() {
  local node works='tcp4: all 1000000 bytes came back from IPv4
tcp6: all 1000000 bytes came back from IPv6
udp4: "ping, pong" from IPv4 127.0.0.1
connect6: connect ECONNREFUSED
http: 200, 1000012 bytes'
  node=$(obtain node)
  for shape in "${shapes[@]}"; do
    expect "$shape" "$works" "$(among "$shape" -- "$node" "$here/scripts/tour.js" tcp4 tcp6 udp4 connect6 http)"
  done
  # Child processes, with sockets handed to them by WSADuplicateSocket.
  expect 'children' 'cluster: 6 answers, one port
handed server: the child
handed socket: the child' "$(among '--upper non-ifs --lower non-ifs' -- "$node" "$here/scripts/tour.js" \
    cluster 'handed server' 'handed socket')"
}

# handed SHAPE WAY: what a child process says of a socket it was given.
handed() {
  among "$1" -- "$programs/handover.exe" "$2" | tr -d '\r' | tr '\n' ' ' || true
}

# tags: needs-non-ifs
case_sockets_go_to_children_among_layers() {
  local whole='child: sent 15 .*closed 0 .*received 15'
  for way in duplicate inherit; do
    expect_match "$way, upper ifs" "\"Upper over \[Sockwarden over .*UDP/IP.*$whole" "$(handed '--upper ifs' "$way")"
    expect_match "$way, lower ifs" "\"Sockwarden over \[Lower over .*UDP/IP.*$whole" "$(handed '--lower ifs' "$way")"
  done
  expect_match 'duplicate, upper non-ifs' "\"Upper over \[Sockwarden over .*UDP/IP.*$whole" \
    "$(handed '--upper non-ifs' duplicate)"
  # The limit of a layer that stands over a non-IFS one: the handle is the lower layer's, so is its duplicate.
  expect_match 'duplicate, lower non-ifs' "\"Lower over \[MSAFD .*UDP/IP.*$whole" \
    "$(handed '--lower non-ifs' duplicate)"
  # Nor can a handle that ws2_32 made for a provider be inherited: no IFS provider knows it.
  expect_match 'inherit, upper non-ifs' 'no socket: 10038' "$(handed '--upper non-ifs' inherit)"
}

# verdict SHAPE EXPECTED ARGS...: what sockprobe says under the policies of the case below.
verdict() {
  local said
  # shellcheck disable=SC2086
  said=$(wine_run --policies "$scratch/around" $1 -- "$programs/sockprobe.exe" "${@:3}" || true)
  expect_match "$1: ${*:3}" "$2" "$said"
}

# tags: needs-non-ifs
case_verdicts_hold_among_layers() {
  local rewritten='^ok: af=inet\(2\) type=dgram\(2\) protocol=udp\(17\)'
  policy_folder around >/dev/null <<'LUA'
rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }
rule { af = AF_INET6, type = SOCK_DGRAM, verdict = rewrite { af = AF_INET } }
LUA
  for shape in "${shapes[@]}"; do
    verdict "$shape" 'WSAEACCES' --type raw --protocol icmp
  done
  # On top of its chain the layer rewrites, whatever is below; the stand-in refuses WPUModifyIFSHandle on a handle it
  # made for another provider, so the socket is there only if the handle went through untouched.
  verdict '--lower ifs' "$rewritten .*\"Sockwarden over \[Lower over .*UDP/IP\]" --af inet6 --type dgram
  verdict '--lower non-ifs' "$rewritten .*\"Lower over .*UDP/IP\]" --af inet6 --type dgram
  # Under another layer a rewrite is refused: that layer would give the handle the chain of the program's own triple.
  verdict '--upper ifs' 'WSAEACCES' --af inet6 --type dgram
  verdict '--upper non-ifs' 'WSAEACCES' --af inet6 --type dgram
}

# Over a non-IFS layer the handle the program gets is the one that layer made, and that layer's own functions serve it.
# tags: needs-non-ifs
case_handles_of_a_layer_below_go_through_untouched() {
  local file=$scratch/untouched made
  RECORD_FILE=Z:${file//\//\\} among '--lower non-ifs' -- "$programs/sockprobe.exe" >/dev/null
  made=$(member "$file" lower WSPSocket leave socket)
  expect_match 'a handle of its own' '^[0-9]+$' "$made"
  [ "$made" != "$(member "$file" lower WSPSocket leave below)" ] || { echo 'not a non-IFS layer'; return 1; }
  # ws2_32 asks by the chain of the handle's owner: the lower layer's own, not ours.
  expect 'the handle that is closed' "$made" "$(member "$file" lower WSPCloseSocket enter socket)"
  expect 'the chain it is closed in' "$(member "$file" lower WSPSocket enter own)" \
    "$(member "$file" lower WSPCloseSocket enter chain)"
}

# The recording layers above and below ours (tests/winsock/layers/recorder).

# recorded FILE ARGS...: wine_run under a policy folder without policies, with records going to that file.
recorded() {
  local file=$1
  shift
  mkdir -p "$scratch/none"
  : >"$file"
  RECORD_FILE=Z:${file//\//\\} wine_run --policies "$scratch/none" "$@"
}

# sequence FILE LAYER: the calls of one layer, in order, entered and left, on one line.
sequence() {
  grep "\"layer\":\"$2\"" "$1" | sed -E 's/.*"call":"WSP([A-Za-z]*)","phase":"(.).*/\1\2/' | tr '\n' ' '
}

# member FILE LAYER CALL PHASE NAME: that member of the first such record.
member() {
  grep -m 1 "\"layer\":\"$2\".*\"call\":\"$3\",\"phase\":\"$4\"" "$1" | sed -E "s/.*\"$5\":\"?([^,\"}]*).*/\1/"
}

case_recording_layers_note_what_they_are_handed() {
  local file=$scratch/both up='upper WSPSocket enter' low='lower WSPSocket enter' info
  expect_match 'a socket through three layers' \
    '^ok: .*"Upper over \[Sockwarden over \[Lower over \[MSAFD Tcpip \[RAW/IP\]\]\]\]"' \
    "$(recorded "$file" --upper ifs --lower ifs -- "$programs/sockprobe.exe" --type raw --protocol icmp --flags 0x81)"
  expect 'calls of the layer above' 'Startupe Startupl Sockete Socketl GetSockOpte GetSockOptl CloseSockete CloseSocketl Cleanupe Cleanupl ' \
    "$(sequence "$file" upper)"
  expect_match 'calls of the layer below' '^Startupe Startupl Sockete .*Socketl .*CloseSockete CloseSocketl ' \
    "$(sequence "$file" lower)"
  for layer in "$up" "$low"; do
    # shellcheck disable=SC2086
    expect "triple and flags, $layer" '2 3 1 129' \
      "$(member "$file" $layer af) $(member "$file" $layer type) $(member "$file" $layer protocol) $(member "$file" $layer flags)"
  done
  # "If the next layer in the protocol chain is another layer then [...] this layer must pass to the next layer a
  # lpProtocolInfo that references the same unmodified WSAPROTOCOL_INFO structure" (LPWSPSocket): byte for byte.
  info=$(member "$file" upper WSPSocket enter info)
  expect 'size of an info' 1256 "${#info}"
  expect 'the info below ours' "$info" "$(member "$file" lower WSPSocket enter info)"
  expect 'the info below ours, WSPStartup' "$(member "$file" upper WSPStartup enter info)" \
    "$(member "$file" lower WSPStartup enter info)"
  expect 'the upcall table below ours' "$(member "$file" upper WSPStartup enter upcalls)" \
    "$(member "$file" lower WSPStartup enter upcalls)"
}

# A socket duplicated for another process: the state that the base provider put in goes up through three layers and, there,
# down again, in an info that is the same for every layer.
case_recording_layers_note_shared_sockets() {
  local file=$scratch/shared made opened
  recorded "$file" --upper ifs --lower ifs -- "$programs/handover.exe" duplicate >/dev/null
  expect 'the info asked with, above and below' "$(member "$file" upper WSPStartup enter info)" \
    "$(member "$file" lower WSPDuplicateSocket enter info)"
  made=$(member "$file" upper WSPDuplicateSocket leave info)
  # dwProviderReserved, at byte 112 of 628, 8 digits.
  [ "${made:224:8}" != 00000000 ] || { echo 'no state in the info'; return 1; }
  tac "$file" >"$file.child" # the child's calls come last
  for layer in upper lower; do
    opened=$(member "$file.child" "$layer" WSPSocket enter info)
    expect "the info opened with, $layer" "$made" "$opened"
  done
}

# failing ORDER EXPECTED [SHAPE]: what sockprobe says, three sockets, of a layer below ours (or so) that fails so.
failing() {
  local said
  # shellcheck disable=SC2086
  said=$(RECORD_FAIL=$1 wine_run --policies "$scratch/none" ${3:---lower ifs} -- "$programs/sockprobe.exe" --count 3 |
    sed -E 's/^(ok).*/\1/; s/.*(WSA[A-Z]+).*/\1/' | tr -d '\r' | tr '\n' ' ' || true)
  expect "$1" "$2" "${said% }"
}

# tags: needs-start-errors needs-non-ifs
case_recording_layers_fail_on_order() {
  mkdir -p "$scratch/none"
  failing 'lower WSPSocket 10055 3' 'ok ok WSAENOBUFS'
  failing 'upper WSPSocket 10055' 'ok ok ok'
  # What ws2_32 makes of a chain that does not start (WSASocketW).
  failing 'lower WSPStartup 10091' 'WSAEPROVIDERFAILEDINIT WSAEPROVIDERFAILEDINIT WSAEPROVIDERFAILEDINIT'
  failing 'lower version 0x0102' 'WSAEPROVIDERFAILEDINIT WSAEPROVIDERFAILEDINIT WSAEPROVIDERFAILEDINIT'
  failing 'lower table 29' 'WSAEPROVIDERFAILEDINIT WSAEPROVIDERFAILEDINIT WSAEPROVIDERFAILEDINIT'
  # On top ws2_32 sees for itself what is wrong.
  failing 'upper version 0x0102' 'WSAEINVALIDPROVIDER WSAEINVALIDPROVIDER WSAEINVALIDPROVIDER' '--upper non-ifs'
  failing 'upper table 29' 'WSAEINVALIDPROCTABLE WSAEINVALIDPROCTABLE WSAEINVALIDPROCTABLE' '--upper non-ifs'
}

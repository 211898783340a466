# The stand-in for ws2_32 itself, without a layer.
#
# tags: needs-stand-in

case_stand_in_seeds_the_catalog_as_windows_has_it() {
  local list
  list=$(wine_run --no-lsp -- "$programs/sockprobe.exe" --list | tr -d '\r')
  expect 'WSAEnumProtocols' \
'1001 af=inet(2) type=stream(1) protocol=tcp(6) chain=1 flags=0x20066 "MSAFD Tcpip [TCP/IP]"
1002 af=inet(2) type=dgram(2) protocol=udp(17) chain=1 flags=0x20609 "MSAFD Tcpip [UDP/IP]"
1004 af=inet6(23) type=stream(1) protocol=tcp(6) chain=1 flags=0x20066 "MSAFD Tcpip [TCP/IPv6]"
1005 af=inet6(23) type=dgram(2) protocol=udp(17) chain=1 flags=0x20609 "MSAFD Tcpip [UDP/IPv6]"' "$list"
}

case_stand_in_keeps_the_catalog_in_windows_own_format() {
  local key='HKLM\SYSTEM\CurrentControlSet\Services\WinSock2\Parameters' dump packed
  dump=$(wine_run --no-lsp -- reg query "$key" /s | tr -d '\r')
  expect_match 'catalog name' 'Current_Protocol_Catalog +REG_SZ +Protocol_Catalog9' "$dump"
  expect_match 'entries, 64-bit' 'Num_Catalog_Entries64 +REG_DWORD +0x6' "$dump"
  expect_match 'entries, 32-bit' 'Num_Catalog_Entries +REG_DWORD +0x6' "$dump"
  expect_match 'next id' 'Next_Catalog_Entry_ID +REG_DWORD +0x3ef' "$dump"
  expect_match 'serial' 'Serial_Access_Num +REG_DWORD' "$dump"
  expect_match 'last key' 'Catalog_Entries64\\000000000006' "$dump"
  # CHAR path[260] and 628 bytes of WSAPROTOCOL_INFOW, in hex; the path begins with %SystemRoot%.
  packed=$(sed -n 's/.*PackedCatalogItem  *REG_BINARY  *//p' <<<"$dump" | sed -n 1p)
  expect 'PackedCatalogItem, hex digits' 1776 "${#packed}"
  expect_match 'path' '^2553797374656[dD]526[fF]6[fF]7425' "$packed"
}

# Real programs import by ordinal.
# tags: needs-64-bit
case_stand_in_exports_what_the_built_in_exports_under_the_same_ordinals() {
  local builtin exports='/\[Ordinal\/Name Pointer\] Table/,/^$/'
  builtin=$(find / -path /proc -prune -o -path '*x86_64-windows/ws2_32.dll' -print -quit 2>/dev/null)
  x86_64-w64-mingw32-objdump -p "$builtin" | sed -n "${exports}p" | grep -E '^\s+\[' | tr -s ' \t' ' ' | sort >"$scratch/builtin"
  x86_64-w64-mingw32-objdump -p "$build/tests/winsock/dll/ws2_32.dll" | sed -n "${exports}p" | grep -E '^\s+\[' |
    tr -s ' \t' ' ' | sort >"$scratch/stand-in"
  [ "$(wc -l <"$scratch/builtin")" -gt 130 ] || { echo 'the export table of the built-in was not read'; return 1; }
  expect 'missing or under another ordinal' '' "$(comm -23 "$scratch/builtin" "$scratch/stand-in")"
}

# triple AF TYPE PROTOCOL EXPECTED
triple() {
  local said
  said=$(wine_run --no-lsp -- "$programs/sockprobe.exe" --af "$1" --type "$2" --protocol "$3" || true)
  expect_match "$1 $2 $3" "$4" "$said"
}

# What is selected, and which error comes first (WSASocketW; Wine's test suite has the same on Windows).
case_stand_in_selects_providers_as_ws2_32() {
  triple inet stream 0 'type=stream\(1\) protocol=tcp\(6\) catalog_id=1001'
  triple inet 0 0 'type=stream\(1\) protocol=tcp\(6\) catalog_id=1001'
  triple 0 0 udp 'af=inet\(2\) type=dgram\(2\) protocol=udp\(17\) catalog_id=1002'
  triple 0 stream tcp 'af=inet\(2\) type=stream\(1\)'
  triple inet raw icmp 'type=raw\(3\) protocol=icmp\(1\) catalog_id=1003'
  triple inet raw tcp 'type=raw\(3\) protocol=tcp\(6\) catalog_id=1003'
  triple 0 0 0 'WSAEINVAL'
  triple 0 stream 0 'WSAEINVAL'
  triple 0 9 0 'WSAEINVAL'
  triple ipx 9 tcp 'WSAESOCKTNOSUPPORT'
  triple ipx dgram 1000 'WSAEAFNOSUPPORT'
  triple inet 9 0 'WSAESOCKTNOSUPPORT'
  triple inet -1 udp 'WSAESOCKTNOSUPPORT'
  triple inet stream udp 'WSAEPROTONOSUPPORT'
  triple inet raw 256 'WSAEPROTONOSUPPORT'
}

case_stand_in_takes_protocol_info() {
  local probe=$programs/sockprobe.exe
  expect_match 'all from the info' 'af=inet6\(23\) type=dgram\(2\) protocol=udp\(17\) catalog_id=1005' \
    "$(wine_run --no-lsp -- "$probe" --from-protocol-info 1005)"
  expect_match 'plain values win' 'type=stream\(1\)' "$(wine_run --no-lsp -- "$probe" --use-info 1002 --protocol tcp)"
}

case_stand_in_behaves_as_the_built_in() {
  WINEDLLOVERRIDES='ws2_32=b' wine_run --no-lsp -- "$programs/api_tour.exe" >"$scratch/built-in"
  wine_run --no-lsp -- "$programs/api_tour.exe" >"$scratch/stand-in"
  [ "$(wc -l <"$scratch/built-in")" -gt 60 ] || { echo 'the tour ended early'; cat "$scratch/built-in"; return 1; }
  diff "$scratch/built-in" "$scratch/stand-in"
}

case_stand_in_hands_sockets_to_children() {
  expect_match 'duplicated' 'UDP/IP.*sent 15.*closed 0.*received 15' \
    "$(wine_run --no-lsp -- "$programs/handover.exe" duplicate | tr '\n' ' ')"
  expect_match 'inherited' 'UDP/IP.*sent 15.*closed 0.*received 15' \
    "$(wine_run --no-lsp -- "$programs/handover.exe" inherit | tr '\n' ' ')"
}

case_stand_in_obeys_the_rules_of_the_catalog_functions() {
  # A setting of its own gives the case a prefix of its own: the test changes the catalog.
  wine_run --layer "$build/tests/winsock/dll/pass_through.dll" --set CatalogTest=1 -- \
    "$build/tests/winsock/catalog_test.exe"
}

case_layerctl_leaves_the_catalog_as_it_was() {
  local layer='C:\windows\system32\pass_through.dll' before after
  with_layer() {
    wine_run --layer "$build/tests/winsock/dll/pass_through.dll" --set RoundTrip=1 -- "$build/tests/winsock/layerctl.exe" "$@"
  }
  before=$(wine_run --no-lsp -- "$build/tests/winsock/layerctl.exe" list)
  expect_match 'installed' '[0-9]+>1001 ' "$(with_layer list)"
  with_layer remove "$layer"
  after=$(with_layer list)
  expect 'the catalog after removal' "$before" "$after"
  with_layer install "$layer"
}

# bad_layer HOW EXPECTED: what a program sees under a layer that misbehaves so (tests/winsock/layers/pass_through.c).
bad_layer() {
  local said
  said=$(PASS_THROUGH=$1 wine_run --layer "$build/tests/winsock/dll/pass_through.dll" -- "$programs/sockprobe.exe" || true)
  expect_match "$1" "$2" "$said"
}

case_stand_in_notices_bad_layers() {
  bad_layer none '^ok: .*catalog_id=1001'
  # "The service provider failed to initialize", "returned a version other than 2.2", "returned an invalid or incomplete
  # procedure table" (WSASocketW).
  bad_layer fail 'WSAEPROVIDERFAILEDINIT'
  bad_layer version 'WSAEINVALIDPROVIDER'
  bad_layer table 'WSAEINVALIDPROCTABLE'
  # The base provider does not know chains.
  bad_layer chain-info 'WSAEINVAL '
  bad_layer refuse:10013 'WSAEACCES'
  # The trap: on WSAEINPROGRESS the next matching entry is tried, which is the base provider's.
  bad_layer refuse:10036 '^ok: .*catalog_id=1001'
}

# Programs nobody here wrote (scripts/obtain-package.sh): the same with the layer as without where the policies allow
# everything; under names that policies/programs/ knows, exactly the error chosen there.

programs_policies=$here/policies/programs

# under_names PROGRAM.exe: a folder with it under every name the policies know; prints the folder.
under_names() {
  local folder name
  folder=$scratch/$(basename "$(dirname "$1")")-$(basename "$1" .exe)
  if [ ! -d "$folder" ]; then
    mkdir "$folder"
    for name in "$(basename "$1" .exe)" $(sed -n 's/.*app = "\([^"]*\)\.exe".*/\1/p' "$programs_policies"/*.lua | sort -u); do
      ln "$1" "$folder/$name.exe" 2>/dev/null || cp "$1" "$folder/$name.exe"
    done
  fi
  echo "$folder"
}

# enter_scratch: goes where the programs find what they serve and the identity HTTPS needs.
enter_scratch() {
  cd "$scratch"
  [ -f key.pem ] || openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem 2>/dev/null
  echo 'hello from a file' >hello.txt
}

# both_ways EXPECTED PROGRAM ARGS...: what the program says without the layer and with it.
both_ways() {
  local expected=$1
  shift
  expect 'without the layer' "$expected" "$(wine_run --no-lsp -- "$@" 2>&1)"
  expect 'with the layer' "$expected" "$(wine_run --policies "$programs_policies" -- "$@" 2>&1)"
}

# under_policies EXPECTED PROGRAM ARGS...
under_policies() {
  local expected=$1
  shift
  expect "$(basename "$1")" "$expected" "$(wine_run --policies "$programs_policies" -- "$@" 2>&1)"
}

# node_as VERSION NAME: a node.exe under that name.
node_as() {
  echo "$(under_names "$(obtain node "$1")")/$2.exe"
}

# --- node.exe: libuv, over IOCP and AFD -----------------------------------------------------------------------------

tour=$here/scripts/tour.js

tcp_works='tcp4: all 1000000 bytes came back from IPv4
tcp6: all 1000000 bytes came back from IPv6'
udp_works='udp4: "ping, pong" from IPv4 127.0.0.1
udp6: "ping, pong" from IPv6 ::1'

# What this machine makes of "localhost": one without /etc/hosts, such as a bare chroot, may know of none, and so may another
# ws2_32 than the stand-in, which asks Wine's.
localhost_is() {
  if [ -z "${SOCKWARDEN_WS2_32:-}" ] && getent ahostsv4 localhost >/dev/null 2>&1; then echo 127.0.0.1; else echo 'getaddrinfo ENOTFOUND'; fi
}

# node_tours VERSION
node_tours() {
  local node
  enter_scratch
  node=$(node_as "$1" node)
  # The folder is the pinned version's: for 32 bits another than is asked for (run.sh).
  expect 'version' "v$(basename "$(dirname "$(obtain node "$1")")")" "$(wine_run --no-lsp -- "$node" --version | tr -d '\r')"
  both_ways "localhost: $(localhost_is)
$tcp_works
connect6: connect ECONNREFUSED
$udp_works
http: 200, 1000012 bytes
https: 200, 1000012 bytes
anywhere: hello through ::
cluster: 6 answers, one port
handed server: the child
handed socket: the child" "$node" "$tour"
}

# A rewrite to what is there already changes nothing. No UDP: the error event says EACCES, TCP goes on. No IPv6: the
# fallback Node.js documents. IPv6 as IPv4: bind and connect fail, with WSAEOPNOTSUPP under Wine, which libuv does not
# know; and the documented fallback. UDP as TCP: "the socket is not connected" (recvfrom).
node_obeys() {
  enter_scratch
  local chosen=(tcp4 tcp6 connect6 udp4 udp6 anywhere)
  under_policies "$tcp_works
connect6: connect ECONNREFUSED
$udp_works
anywhere: hello through ::" "$(node_as "$1" same)" "$tour" "${chosen[@]}"
  under_policies "$tcp_works
connect6: connect ECONNREFUSED
udp4: bind EACCES
udp6: bind EACCES
anywhere: hello through ::" "$(node_as "$1" no-udp)" "$tour" "${chosen[@]}"
  under_policies "${tcp_works%%$'\n'*}
tcp6: listen EAFNOSUPPORT
connect6: connect EAFNOSUPPORT
${udp_works%%$'\n'*}
udp6: bind EAFNOSUPPORT
anywhere: hello through 0.0.0.0" "$(node_as "$1" no-ipv6)" "$tour" "${chosen[@]}"
  under_policies "tcp4: listen EPROTONOSUPPORT
tcp6: listen EPROTONOSUPPORT
connect6: connect EPROTONOSUPPORT
$udp_works
anywhere: listen EPROTONOSUPPORT" "$(node_as "$1" tcp-unsupported)" "$tour" "${chosen[@]}"
  under_policies "${tcp_works%%$'\n'*}
tcp6: listen UNKNOWN
connect6: connect UNKNOWN
${udp_works%%$'\n'*}
udp6: bind UNKNOWN
anywhere: hello through 0.0.0.0" "$(node_as "$1" ipv6-as-ipv4)" "$tour" "${chosen[@]}"
  under_policies "$tcp_works
connect6: connect ECONNREFUSED
udp4: recvmsg ENOTCONN
udp6: recvmsg ENOTCONN
anywhere: hello through ::" "$(node_as "$1" udp-as-tcp)" "$tour" "${chosen[@]}"
}

# tags: needs-64-bit node
case_node_12_tours_with_and_without_the_layer() { node_tours 12.14.0; }
# tags: needs-64-bit node
case_node_16_tours_with_and_without_the_layer() { node_tours 16.20.2; }
# tags: needs-64-bit node
case_node_20_tours_with_and_without_the_layer() { node_tours 20.20.2; }
# tags: node
case_node_22_tours_with_and_without_the_layer() { node_tours 22.12.0; }
# tags: needs-64-bit node
case_node_12_gets_the_chosen_errors_and_lives() { node_obeys 12.14.0; }
# tags: node
case_node_22_gets_the_chosen_errors_and_lives() { node_obeys 22.12.0; }

# libuv 1.33.1 makes a TCP socket when it starts and aborts on WSAEACCES, which it prints itself; on WSAEPROTONOSUPPORT it
# lives (above), and so do later ones on either. `sockwarden check` warns of such a rule.
# tags: needs-64-bit node
case_node_12_aborts_where_check_warns_that_it_will() {
  local said status=0 folder
  enter_scratch
  said=$(wine_run --policies "$programs_policies" -- "$(node_as 12.14.0 no-tcp)" "$tour" udp4 2>&1) || status=$?
  # What Wine says of the crash comes in between, even within a word.
  said=$(tr -d '\r\n' <<<"$said" | sed -E 's/wine: Unhandled exception [^.]*starting debugger\.\.\.//')
  expect_match 'libuv says why' '^socket: \(10013\) ' "$said"
  expect 'a breakpoint, as DebugBreak raises' 133 "$status"
  under_policies 'tcp4: listen EACCES
udp4: "ping, pong" from IPv4 127.0.0.1' "$(node_as 16.20.2 no-tcp)" "$tour" tcp4 udp4
  folder=$(policy_folder old-libuv <<<'rule { type = SOCK_STREAM, verdict = reject(WSAEACCES) }')
  expect_match 'check' 'warning: .*programs with an old libuv .* abort at start' \
    "$(wine_run --no-lsp -- "$build/cli/sockwarden.exe" check "Z:${folder//\//\\}" 2>&1)"
}

# A child is judged by its own name, whatever its parent's. libuv makes the sockets it accepts into by itself: a server
# handed to a program that may only use sockets handed over says so in its error event; an accepted socket works. Where
# the handed-over socket is rejected, node aborts (AcceptHandle in its stream_wrap.cc).
# tags: node
case_node_children_are_judged_by_their_own_names() {
  local version
  enter_scratch
  under_policies 'udp4: bind EACCES
udp4@node.exe: "ping, pong" from IPv4 127.0.0.1' "$(node_as 22.12.0 no-udp)" "$tour" udp4 udp4@node.exe
  for version in 16.20.2 20.20.2 22.12.0; do
    under_policies 'udp4: "ping, pong" from IPv4 127.0.0.1
udp4@no-udp.exe: bind EACCES
tcp4@no-udp.exe: all 1000000 bytes came back from IPv4
tcp4@handed-over.exe: listen EACCES
handed server@handed-over.exe: accept EACCES
handed socket@handed-over.exe: the child' "$(node_as "$version" node)" "$tour" \
      udp4 udp4@no-udp.exe tcp4@no-udp.exe tcp4@handed-over.exe 'handed server@handed-over.exe' 'handed socket@handed-over.exe'
  done
  expect 'rejected although handed over' 'handed socket@no-tcp.exe: child ended with 134' \
    "$(wine_run --policies "$programs_policies" -- "$(node_as 22.12.0 node)" "$tour" 'handed socket@no-tcp.exe' 2>/dev/null)"
}

# --- esbuild: Go, over IOCP with FILE_SKIP_COMPLETION_PORT_ON_SUCCESS -------------------------------------------------

# esbuild_as NAME: what esbuild's server says under that name.
esbuild_as() {
  echo "$(under_names "$(obtain esbuild)")/$1.exe"
}

# tags: node esbuild
case_esbuild_serves_with_and_without_the_layer() {
  enter_scratch
  both_ways '127.0.0.1: 200 "hello from a file"
[::1]: 200 "hello from a file"
no host: 200 "hello from a file"' "$(node_as 20.20.2 node)" "$here/scripts/esbuild.js" "$(esbuild_as esbuild)" \
    127.0.0.1 '[::1]' ''
}

# esbuild_under NAME EXPECTED: on 127.0.0.1 and [::1]. Go's net.OpError names the call and gives the system's text for the
# code, or its number where the system has none (Wine knows few); esbuild prints it and ends with status 1.
esbuild_under() {
  under_policies "$2" "$(node_as 20.20.2 node)" "$here/scripts/esbuild.js" "$(esbuild_as "$1")" 127.0.0.1 '[::1]'
}

# tags: node esbuild
case_esbuild_gets_the_chosen_errors() {
  local works='200 "hello from a file"'
  enter_scratch
  esbuild_under same "127.0.0.1: $works
[::1]: $works"
  esbuild_under no-udp "127.0.0.1: $works
[::1]: $works"
  esbuild_under no-ipv6 "127.0.0.1: $works
[::1]: X [ERROR] listen tcp [::1]:PORT: socket: winapi error #10047 1 error (status 1)"
  esbuild_under no-tcp '127.0.0.1: X [ERROR] listen tcp4 127.0.0.1:PORT: socket: Access denied. 1 error (status 1)
[::1]: X [ERROR] listen tcp [::1]:PORT: socket: Access denied. 1 error (status 1)'
  esbuild_under tcp-unsupported '127.0.0.1: X [ERROR] listen tcp4 127.0.0.1:PORT: socket: winapi error #10043 1 error (status 1)
[::1]: X [ERROR] listen tcp [::1]:PORT: socket: winapi error #10043 1 error (status 1)'
  esbuild_under ipv6-as-ipv4 "127.0.0.1: $works
[::1]: X [ERROR] listen tcp [::1]:PORT: bind: winapi error #10045 1 error (status 1)"
}

# --- ffmpeg: plain sockets and select, ws2_32 imported by ordinal -----------------------------------------------------

ffmpeg_as() {
  echo "$(under_names "$(obtain ffmpeg)")/$1.exe"
}

# tags: needs-ipv6-names node ffmpeg
case_ffmpeg_sends_and_fetches_with_and_without_the_layer() {
  enter_scratch
  both_ways 'http4: all came
http6: all came
https: all came
listen4: all came
listen6: all came
udp4: all came
udp6: all came
tee: all came' "$(node_as 20.20.2 node)" "$here/scripts/ffmpeg.js" "$(ffmpeg_as ffmpeg)"
}

# ffmpeg_under NAME EXPECTED STEP...
ffmpeg_under() {
  under_policies "$2" "$(node_as 20.20.2 node)" "$here/scripts/ffmpeg.js" "$(ffmpeg_as "$1")" "${@:3}"
}

# ffmpeg prints the negated Winsock code, but for those it translates (WSAEPROTONOSUPPORT is its 135), and ends with
# status 1; its tee goes on without the output that failed, as its onfail option documents.
# tags: needs-ipv6-names node ffmpeg
case_ffmpeg_gets_the_chosen_errors() {
  local error='Error number'
  enter_scratch
  ffmpeg_under same 'http4: all came
udp4: all came' http4 udp4
  ffmpeg_under no-udp "http4: all came
udp4: socket: $error -10013 occurred | udp://127.0.0.1:PORT?pkt_size=1000: I/O error (status 1)
tee: all came, after: socket: $error -10013 occurred" http4 udp4 tee
  ffmpeg_under no-ipv6 "http4: all came
http6: Connection to tcp://[::1]:PORT failed: $error -10047 occurred | http://[::1]:PORT/sound: Unknown error (status 1)
udp6: socket: $error -10047 occurred | udp://[::1]:PORT?pkt_size=1000: I/O error (status 1)" http4 http6 udp6
  ffmpeg_under tcp-unsupported "http4: Connection to tcp://127.0.0.1:PORT failed: $error -135 occurred | http://127.0.0.1:PORT/sound: Unknown error (status 1)
udp4: all came" http4 udp4
  ffmpeg_under no-tcp "http4: Connection to tcp://127.0.0.1:PORT failed: $error -10013 occurred | http://127.0.0.1:PORT/sound: Unknown error (status 1)
listen4: tcp://127.0.0.1:PORT?listen: Unknown error (status 1)
udp4: all came" http4 listen4 udp4
  ffmpeg_under ipv6-as-ipv4 "http4: all came
http6: Connection to tcp://[::1]:PORT failed: $error -10045 occurred | http://[::1]:PORT/sound: Unknown error (status 1)
udp6: bind failed: $error -10045 occurred | udp://[::1]:PORT?pkt_size=1000: I/O error (status 1)" http4 http6 udp6
}

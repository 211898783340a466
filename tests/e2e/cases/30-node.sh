# An unmodified node.exe: the same with the stand-in alone and with the layer, when the policies allow everything.

# node_says NAME EXPECTED: runs scripts/NAME.js both ways.
node_says() {
  local node allow_all=$scratch/allow-all
  mkdir -p "$allow_all"
  node=$("$root/scripts/obtain-node.sh")
  expect "$1 without the layer" "$2" "$(wine_run --no-lsp -- "$node" "$here/scripts/$1.js")"
  expect "$1 with the layer" "$2" "$(wine_run --policies "$allow_all" -- "$node" "$here/scripts/$1.js")"
}

case_node_serves_and_fetches() {
  node_says network 'tcp hello IPv4
tcp hello IPv6
udp ping 127.0.0.1
http 200 1000012'
}

case_node_shares_a_listening_socket_in_a_cluster() {
  node_says cluster 'six requests answered
workers gone'
}

case_node_hands_sockets_to_a_forked_child() {
  node_says handover 'server in the child
socket in the child'
}

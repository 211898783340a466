# A program that lives on while policies are swapped. RELOADS=1000 (scripts/test.sh --all) takes about ten minutes: the layer
# looks for changes twice a second.

# tags: node
case_reloads_while_node_opens_sockets() {
  local folder node reloads=${RELOADS:-10}
  folder=$(policy_folder reloads <<<'rule { af = AF_INET6, type = SOCK_DGRAM, verdict = reject(WSAEMFILE) }')
  node=$(obtain node)
  expect 'reloads' "$reloads reloads, 0 surprises" \
    "$(LIMIT=$((reloads * 5 + 60)) wine_run --policies "$folder" -- "$node" "$here/scripts/reloads.js" "$folder" "$reloads" \
      2>"$scratch/reloads.counts" | tr -d '\r')"
  cat "$scratch/reloads.counts"
}

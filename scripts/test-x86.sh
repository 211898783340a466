#!/usr/bin/env bash
# test-x86.sh [--ws2-32 FOLDER]: runs the 32-bit build under a 32-bit Wine: the unit tests, the hostile policies, the end-to-end
# cases with 32-bit programs, and the matrix. Prints how many ran; exit status 1 where one failed. Debian has that Wine for
# i386 only, so it gets a Debian of its own, build/debian-i386, made by debootstrap from this machine's own mirror. Needs root,
# and the right to mount.
#
# FOLDER holds another 32-bit ws2_32.dll that loads layers, ReactOS's say, and the DLLs it needs: then that one takes the
# stand-in's place in the end-to-end cases and the matrix, without what ReactOS's has not (docs/wine-test-environment.md).
set -euo pipefail

# What is done inside, where the repository is at the same path.
inside() {
  local failed=0
  local without=(--without needs-64-bit) shapes=
  export SOCKWARDEN_BUILD_DIR=$PWD/build/mingw-x86 SOCKWARDEN_WINE_STORE=$PWD/build/wine-x86
  mkdir -p "$SOCKWARDEN_WINE_STORE"
  if [ -d build/ws2_32-x86 ]; then
    export SOCKWARDEN_WS2_32=$PWD/build/ws2_32-x86
    # What ReactOS's does not have (docs/wine-test-environment.md, "Over ReactOS's ws2_32").
    shapes='^(none|ifs)-(none|ifs)$'
    without+=(--without needs-stand-in --without needs-non-ifs --without needs-catalog-functions
      --without needs-whole-winsock --without needs-ipv6-names --without needs-start-errors)
  else
    run_programs || failed=1
  fi
  bash tests/e2e/run.sh "${without[@]}" || failed=1
  bash tests/e2e/matrix/run.sh "$shapes" | tail -n 1
  [ "${PIPESTATUS[0]}" -eq 0 ] && [ "$failed" -eq 0 ]
}

# The unit tests and the hostile policies.
run_programs() {
  local program name status results=$SOCKWARDEN_BUILD_DIR/results
  local -x WINEPREFIX=$SOCKWARDEN_WINE_STORE/unit WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml=' CMOCKA_MESSAGE_OUTPUT=TAP
  local -x LD_PRELOAD=$SOCKWARDEN_BUILD_DIR/tests/wine/atomic_append.so
  [ -d "$WINEPREFIX" ] || wineboot --init >/dev/null 2>&1
  rm -rf "$results"
  mkdir "$results"
  for program in $(find "$SOCKWARDEN_BUILD_DIR/tests/unit" -name 'test_*.exe' | sort); do
    name=$(basename "$program" .exe) status=0
    (cd "$(dirname "$program")" && timeout 300 wine "$program" 2>&1 </dev/null) >"$results/$name.tap" || status=$?
    echo "# exit status $status" >>"$results/$name.tap"
  done
  status=0
  wine "$SOCKWARDEN_BUILD_DIR/tests/hostile/hostile.exe" tests/hostile >"$results/hostile.tap" 2>&1 </dev/null || status=$?
  echo "# exit status $status" >>"$results/hostile.tap"
  grep -aE '^[0-9]+ hostile' "$results/hostile.tap" || :
  scripts/count-cases.pl "$results"/*.tap
}

if [ "${1-}" = --inside ]; then
  cd "$2"
  inside
  exit
fi
ws2_32=
if [ "${1-}" = --ws2-32 ] && [ $# -eq 2 ]; then
  [ -f "$2/ws2_32.dll" ] || { echo "test-x86: there is no $2/ws2_32.dll" >&2; exit 2; }
  ws2_32=$(realpath "$2")
elif [ $# -ne 0 ]; then
  echo "usage: scripts/test-x86.sh [--ws2-32 FOLDER]" >&2
  exit 2
fi

unshare --mount true 2>/dev/null || {
  echo "test-x86: nothing can be mounted here; run it as root on a machine of its own, not in a chroot" >&2
  exit 1
}
source "$(dirname "$0")/prepare.sh"
debian=$PWD/build/debian-i386
packages='wine wine32 procps openssl'

in_debian() {
  chroot "$debian" env -i HOME=/root LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

# This machine's own way to its mirror, where that has more to it than a name.
make_debian() {
  local mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | sed -n 1p)
  rm -rf "$debian"
  debootstrap --arch=i386 --variant=minbase bookworm "$debian" "$mirror"
  cp -r /etc/apt/apt.conf.d/. "$debian/etc/apt/apt.conf.d/"
  mkdir -p "$debian/etc/ssl/certs"
  cp /etc/ssl/certs/ca-certificates.crt "$debian/etc/ssl/certs/"
  cp /etc/hosts "$debian/etc/" || : # a machine may do without
  in_debian apt-get update -q
  in_debian env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $packages
  echo "$packages" >"$debian/.complete"
}

if ! command -v debootstrap >/dev/null; then
  note "Installing: debootstrap"
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends debootstrap; } \
    >build/apt.log 2>&1
fi
if [ "$(cat "$debian/.complete" 2>/dev/null)" != "$packages" ]; then
  note "A Debian for i386 with Wine, in build/debian-i386 (a few minutes)"
  make_debian >build/debian-i386.log 2>&1 || {
    tail -n 20 build/debian-i386.log >&2
    echo "there is no 32-bit Wine to be had here (see build/debian-i386.log)" >&2
    exit 1
  }
fi

note "Building"
build mingw-x86
scripts/obtain-package.sh --all-x86 >/dev/null

# Copied: from inside, only the repository is seen.
rm -rf build/ws2_32-x86
[ -z "$ws2_32" ] || { mkdir build/ws2_32-x86; cp "$ws2_32"/*.dll build/ws2_32-x86/; }

note "Testing"
# What is mounted goes away with the shell that mounted it.
export debian
exec unshare --mount bash -euc '
  mount -t proc proc "$debian/proc"
  mount --rbind /dev "$debian/dev"
  mkdir -p "$debian$PWD"
  mount --bind "$PWD" "$debian$PWD"
  exec chroot "$debian" env -i HOME=/root LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    bash "$PWD/scripts/test-x86.sh" --inside "$PWD"'

#!/usr/bin/env bash
# test-x86.sh: runs the 32-bit build under a 32-bit Wine: the unit tests, the hostile policies, the end-to-end cases that need
# no 64-bit program, and the matrix. Prints how many ran; exit status 1 where one failed. Debian has that Wine for i386 only, so it gets a Debian
# of its own, build/debian-i386, made by debootstrap from this machine's own mirror. Needs root, and the right to mount.
set -euo pipefail

# What is done inside: the repository is at the same path there.
inside() {
  local program said status passed=0 failed=0 total=0
  # Programs that npm has for x86-64 alone; and a comparison with the 64-bit Wine, for which objdump is wanted.
  local without='^(node_|esbuild_|ffmpeg_|reloads_while_node|wine_run_|stand_in_exports)'
  export SOCKWARDEN_BUILD_DIR=$PWD/build/mingw-x86 SOCKWARDEN_WINE_STORE=$PWD/build/wine-x86
  export WINEPREFIX=$SOCKWARDEN_WINE_STORE/unit WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml='
  mkdir -p "$SOCKWARDEN_WINE_STORE"
  [ -d "$WINEPREFIX" ] || wineboot --init >/dev/null 2>&1

  for program in $(find "$SOCKWARDEN_BUILD_DIR/tests/unit" -name 'test_*.exe' | sort); do
    status=0
    said=$(cd "$(dirname "$program")" && timeout 300 wine "$program" 2>&1 </dev/null) || status=$?
    passed=$((passed + $(grep -c '^\[       OK \]' <<<"$said" || :)))
    [ "$status" -eq 0 ] && continue
    failed=$((failed + 1))
    printf '%s, status %s\n%s\n' "${program##*/}" "$status" "$(grep -aE 'FAILED|ERROR|LINE' <<<"$said" | head -n 20)"
  done
  echo "unit tests: $passed passed, $failed programs failed"
  total=$failed

  said=$(wine "$SOCKWARDEN_BUILD_DIR/tests/hostile/hostile.exe" tests/hostile 2>&1 </dev/null) || total=$((total + 1))
  grep -aE '^(not ok|[0-9]+ hostile)' <<<"$said" || total=$((total + 1))
  unset WINEPREFIX WINEDEBUG WINEDLLOVERRIDES

  bash tests/e2e/run.sh --without "$without" || total=$((total + 1))
  bash tests/e2e/matrix/run.sh | tail -n 1
  [ "${PIPESTATUS[0]}" -eq 0 ] || total=$((total + 1))
  [ "$total" -eq 0 ]
}

if [ "${1-}" = --inside ]; then
  cd "$2"
  inside
  exit
fi
[ $# -eq 0 ] || { echo "usage: scripts/test-x86.sh" >&2; exit 2; }

unshare --mount true 2>/dev/null || {
  echo "test-x86: nothing can be mounted here; run it as root on a machine of its own, not in a chroot" >&2
  exit 1
}
source "$(dirname "$0")/prepare.sh"
debian=$PWD/build/debian-i386

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
  in_debian apt-get update -q
  in_debian env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends wine wine32 procps
  touch "$debian/.complete"
}

if ! command -v debootstrap >/dev/null; then
  note "Installing: debootstrap"
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends debootstrap; } \
    >build/apt.log 2>&1
fi
if [ ! -e "$debian/.complete" ]; then
  note "A Debian for i386 with Wine, in build/debian-i386 (a few minutes)"
  make_debian >build/debian-i386.log 2>&1 || {
    tail -n 20 build/debian-i386.log >&2
    echo "there is no 32-bit Wine to be had here (see build/debian-i386.log)" >&2
    exit 1
  }
fi

note "Building"
build mingw-x86

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

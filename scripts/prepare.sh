# prepare.sh: sourced by demo.sh and test.sh. Changes to the root of the repository and installs what the machine lacks
# to build and run everything (Debian 12, as root). Says nothing and asks nothing where nothing is missing.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

note() { printf '\n== %s\n' "$*"; }

# Each line: a command that succeeds where the need is met, then "=>" and the packages that meet it.
missing_packages() {
  local line
  while read -r line; do
    sh -c "${line% => *}" </dev/null >/dev/null 2>&1 || printf '%s ' ${line#* => }
  done <<'NEEDS'
command -v gcc && command -v make => gcc make libc6-dev
command -v cmake => cmake
command -v patch => patch
command -v xz => xz-utils
test -e /etc/ssl/certs/ca-certificates.crt => ca-certificates
echo 'int main(void) { return 0; }' | gcc -m32 -x c - -o /dev/null => gcc-multilib
echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' | clang -fsanitize=fuzzer,address -x c - -o /dev/null => clang libclang-rt-dev
command -v x86_64-w64-mingw32-gcc => gcc-mingw-w64-x86-64
command -v i686-w64-mingw32-gcc => gcc-mingw-w64-i686
command -v wine && ls /usr/lib/x86_64-linux-gnu/wine/x86_64-windows/ws2_32.dll => wine wine64
command -v npm => npm
command -v luacheck => lua-check
command -v clang-format-14 => clang-format-14
perl -MCompress::Zlib -e 1 => perl
test -e /usr/share/i18n/locales/tr_TR => locales
NEEDS
}

prepare_machine() {
  local packages
  packages=$(missing_packages)
  [ -n "$packages" ] || return 0
  note "Installing: $packages"
  apt-get update -q >build/apt.log 2>&1 &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $packages >>build/apt.log 2>&1 || {
      tail -n 20 build/apt.log >&2
      echo "apt-get could not install: $packages (see build/apt.log)" >&2
      exit 1
    }
}

# build PRESET...: configure and build, quietly unless something fails.
build() {
  local preset log
  for preset in "$@"; do
    log=build/$preset.log
    if ! { cmake --preset "$preset" && cmake --build "build/$preset" -j "$(nproc)"; } >"$log" 2>&1; then
      tail -n 40 "$log" >&2
      echo "building $preset failed (see $log)" >&2
      exit 1
    fi
    # A development build of Lua must not go unnoticed (cmake/Lua.cmake).
    grep -A 3 'CMake Warning' "$log" || :
    echo "built $preset"
  done
}

mkdir -p build
prepare_machine

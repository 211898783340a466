#!/usr/bin/env bash
# again.sh SOURCE BUILD PRESET TARGET FILE: builds TARGET once more, from a copy of the tree under another path, in another
# build folder and at another time of day, and compares FILE (relative to the build folder), byte for byte.
set -euo pipefail
source_dir=$1 build_dir=$2 preset=$3 target=$4 file=$5

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
copy="$scratch/somewhere else/tree"
mkdir -p "$copy/build"
tar -C "$source_dir" --exclude=./build --exclude=./.git -cf - . | tar -C "$copy" -xf -
for stored in downloads sources; do
  cp -a "$source_dir/build/$stored" "$copy/build/$stored"
done
toolchain=$copy/cmake/toolchains/$preset.cmake
cmake -S "$copy" -B "$scratch/out" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_TOOLCHAIN_FILE="$toolchain" >"$scratch/log" 2>&1 &&
  cmake --build "$scratch/out" --target "$target" -j 2 >>"$scratch/log" 2>&1 || {
  tail -n 30 "$scratch/log"
  echo "not ok $preset: $file builds elsewhere"
  exit 1
}
if cmp "$build_dir/$file" "$scratch/out/$file"; then
  echo "ok $preset: $file has the same bytes, built elsewhere ($(sha256sum <"$build_dir/$file" | cut -c 1-16))"
else
  echo "not ok $preset: $file has the same bytes, built elsewhere"
  exit 1
fi

#!/usr/bin/env bash
# check-format.sh ROOT: whether all C files of ours are formatted as .clang-format says, by clang-format 14 (another version
# formats otherwise). Prints "ok" or "not ok" for each folder at the root, and the files that differ.
set -uo pipefail
cd "$1" || exit 1
shopt -s globstar nullglob

formatter=$(command -v clang-format-14 || command -v clang-format)
if [[ $("${formatter:-false}" --version 2>/dev/null) != *' version 14.'* ]]; then
  echo 'not ok format: clang-format 14 is not installed; scripts/prepare.sh installs it'
  exit 1
fi

failed=0
for folder in */; do
  folder=${folder%/}
  files=("$folder"/**/*.[ch])
  [ "$folder" != build ] && [ ${#files[@]} -gt 0 ] || continue
  differ=$("$formatter" --dry-run -Werror "${files[@]}" 2>&1 | sed -n 's/^\([^ :]*\):.*/  \1/p' | sort -u)
  if [ -z "$differ" ]; then
    echo "ok format: $folder (${#files[@]} files)"
  else
    printf 'not ok format: %s; run: clang-format -i FILE\n%s\n' "$folder" "$differ"
    failed=1
  fi
done
exit "$failed"

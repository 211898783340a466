#!/bin/sh
# rename_symbols.sh NM OBJCOPY IN.a OUT.a KEEP: gives every global symbol that IN.a defines the prefix "stock_", but those
# whose names hold KEEP. So two builds of the same library can live in one program.
set -eu
"$1" -g --defined-only "$3" | awk -v keep="$5" 'NF == 3 && index($3, keep) == 0 { print $3, "stock_" $3 }' |
  sort -u >"$4.symbols"
"$2" --redefine-syms="$4.symbols" "$3" "$4"

#!/usr/bin/env bash
# The shipped policies are formatted as policies/stylua.toml says. Left out where stylua cannot be had.
root=$2
folder=$("$root/scripts/obtain-package.sh" stylua) || { echo "stylua cannot be had here: left out"; exit 0; }
find "$root/policies" "$root/cli/embedded/starter" -name '*.lua' -not -path '*/.luals/*' | sort |
  xargs node "$(dirname "$0")/stylua.mjs" "$folder" "$root/policies/stylua.toml"

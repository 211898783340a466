# Who may write policies. They lie in a prefix's own drive C:, so that only the modes given here matter.

# trust_run MODE-OF-FOLDER MODE-OF-FILE [--set NAME=VALUE]...: what sockprobe meets under a policy that rejects all.
trust_run() {
  local folder_mode=$1 file_mode=$2 prefix place
  shift 2
  prefix=$("$root/scripts/wine-prefix.sh" --layer "$build/lsp/sockwarden.dll" --policies "$root/policies" \
    --set AllowUnprotectedPolicies=0 --set 'PolicyDir=C:\trust\policies' "$@")
  place=$prefix/drive_c/trust
  chmod 755 "$prefix/drive_c"
  mkdir -p "$place/policies"
  chmod 755 "$place"
  echo 'rule { verdict = reject(WSAEPROTONOSUPPORT) }' >"$place/policies/10-all.lua"
  chmod "$folder_mode" "$place/policies"
  chmod "$file_mode" "$place/policies/10-all.lua"
  wine_run --set AllowUnprotectedPolicies=0 --set 'PolicyDir=C:\trust\policies' "$@" -- "$programs/sockprobe.exe" || true
}

case_trust_loads_what_only_its_owner_writes() {
  expect_match '755' 'WSAEPROTONOSUPPORT' "$(trust_run 755 644)"
}

case_trust_refuses_what_everybody_writes() {
  expect_match 'folder 777' '^ok:' "$(trust_run 777 644)"
  expect_match 'file 666' '^ok:' "$(trust_run 755 666)"
  expect_match 'folder 777 under OnError = reject' 'WSAEACCES \(10013\)' "$(trust_run 777 644 --set OnError=reject)"
}

case_trust_may_be_turned_off() {
  expect_match 'turned off' 'WSAEPROTONOSUPPORT' "$(trust_run 777 666 --set AllowUnprotectedPolicies=1)"
}

# tags: needs-catalog-functions
case_trust_is_told_by_check_and_status() {
  local prefix said
  prefix=$("$root/scripts/wine-prefix.sh" --layer "$build/lsp/sockwarden.dll" --policies "$root/policies" \
    --set AllowUnprotectedPolicies=0 --set 'PolicyDir=C:\trust\policies')
  trust_run 777 666 >/dev/null
  sockwarden() { wine_in "$prefix" "$build/cli/sockwarden.exe" "$@" 2>&1 | tr -d '\r'; }
  said=$(sockwarden check 'C:\trust\policies')
  expect_match 'check: the folder' 'warning: the policy folder C:\\trust\\policies: writable by non-administrators: Everyone' "$said"
  expect_match 'check: the file' '10-all.lua.*warning: writable by non-administrators: Everyone \(S-1-1-0\) may' "$said"
  expect_match 'check: what fixes it' 'icacls "C:\\trust\\policies" /inheritance:d' "$said"
  said=$(sockwarden status)
  expect_match 'status' 'warning: writable by non-administrators: Everyone' "$said"
  trust_run 755 644 >/dev/null
  said=$(sockwarden check 'C:\trust\policies')
  expect 'check, mended' 'ok: 1 policy, 1 step' "$said"
  said=$(sockwarden status)
  expect 'status, mended' '' "$(grep -o 'warning.*' <<<"$said")"
}

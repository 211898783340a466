# When the layer keeps out of the way, whatever the policies say: Safe Mode, Mode = off, critical system processes.

# reject_all_prefix MARK: a prefix of the caller's own in which everything is rejected; prints its path.
reject_all_prefix() {
  "$root/scripts/wine-prefix.sh" --layer "$build/lsp/sockwarden.dll" --policies "$(reject_all_folder)" --set "Test=$1"
}

reject_all_folder() {
  policy_folder reject-all <<<'rule { verdict = reject(WSAEPROTONOSUPPORT) }'
}

case_out_of_the_way_in_safe_mode() {
  local prefix option='HKLM\SYSTEM\CurrentControlSet\Control\SafeBoot\Option'
  prefix=$(reject_all_prefix safe-mode)
  probe_it() { wine_run --policies "$(reject_all_folder)" --set Test=safe-mode -- "$programs/sockprobe.exe" || true; }
  expect_match 'a usual start' 'WSAEPROTONOSUPPORT' "$(probe_it)"
  wine_in "$prefix" reg add "$option" /v OptionValue /t REG_DWORD /d 1 /f >/dev/null 2>&1
  expect_match 'Safe Mode' '^ok: .*Sockwarden over' "$(probe_it)"
  wine_in "$prefix" reg add "$option" /v OptionValue /t REG_DWORD /d 0 /f >/dev/null 2>&1
  expect_match 'a usual start again' 'WSAEPROTONOSUPPORT' "$(probe_it)"
}

case_out_of_the_way_of_critical_processes() {
  local prefix name place
  prefix=$(reject_all_prefix critical)
  place=$prefix/drive_c/windows/system32
  run_it() { wine_run --policies "$(reject_all_folder)" --set Test=critical -- "$1" || true; }
  for name in lsass wininit csrss smss winlogon; do
    # Wine has programs of its own by some of these names.
    [ ! -e "$place/$name.exe" ] || mv "$place/$name.exe" "$place/$name.exe.wine"
    cp "$programs/sockprobe.exe" "$place/$name.exe"
    expect_match "$name.exe" '^ok: .*Sockwarden over' "$(run_it "C:\\windows\\system32\\$name.exe")"
    rm "$place/$name.exe"
    [ ! -e "$place/$name.exe.wine" ] || mv "$place/$name.exe.wine" "$place/$name.exe"
  done
  cp "$programs/sockprobe.exe" "$scratch/lsass.exe"
  expect_match 'the name elsewhere' 'WSAEPROTONOSUPPORT' "$(run_it "$scratch/lsass.exe")"
}

case_out_of_the_way_when_switched_off_while_a_program_runs() {
  local prefix out=$scratch/switched.out
  prefix=$(reject_all_prefix switched)
  : >"$out"
  { wait_for_output "$out"; wine_in "$prefix" reg add 'HKLM\SOFTWARE\Sockwarden' /v Mode /d off /f >/dev/null 2>&1; } &
  wine_run --policies "$(reject_all_folder)" --set Test=switched -- "$programs/sockprobe.exe" --count 24 --interval 500 >"$out" || true
  wait
  wine_in "$prefix" reg delete 'HKLM\SOFTWARE\Sockwarden' /v Mode /f >/dev/null 2>&1
  expect_match 'before' 'WSAEPROTONOSUPPORT' "$(sed -n 1p "$out")"
  expect_match 'after' '^ok:' "$(sed -n '$p' "$out")"
}

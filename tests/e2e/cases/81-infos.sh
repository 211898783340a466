# WSAPROTOCOL_INFOs that an application made up (tests/e2e/lifecycle/made_up.c).

case_infos_an_application_made_up() {
  policy_folder made-up >/dev/null <<<'rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }'
  for around in '' '--lower ifs'; do
    # shellcheck disable=SC2086
    wine_run --policies "$scratch/made-up" $around -- "$programs/lifecycle/made_up.exe"
  done
}

#include <stdio.h>
#include <string.h>

#include "base_catalog.h"
#include "check_report.h"
#include "commands.h"
#include "given_host.h"
#include "options.h"
#include "policy_tools.h"
#ifdef _WIN32
#include "machine_policies.h"
#endif

/* A program that no policy knows: functions are tried as it would call them. */
static void check__describe_program(request_spec_t *program)
{
  program->path = "C:\\Program Files\\Example\\example.exe";
  program->user = "EXAMPLE\\user";
  program->sid = "S-1-5-21-1-2-3-1001";
  program->pid = 4000;
}

/* False where memory is short. */
static bool check__run(given_host_t *given, check_findings_t *findings, check_totals_t *totals)
{
  size_t entry_count;
  const policy_base_entry_t *entries = base_catalog_entries(&entry_count);
  policy_host_t host = given_host_policy_host(given);
  policy_engine_t *engine = policy_engine_create(&host);

  if (engine == NULL)
    return false;
  totals->errors = policy_engine_check(engine, entries, entry_count, &totals->policies, &totals->entries);
  totals->warnings = findings->warnings;
  policy_engine_destroy(engine);
  check_findings_sort(findings);
  return !findings->out_of_memory;
}

int command_check(int argc, char **argv)
{
  given_host_t given;
  check_findings_t findings = {.count = 0};
  check_totals_t totals = {0};
  const char *folder;
  bool as_json = false;
  const option_t options[] = {{"json", OPTION_SWITCH, &as_json, NULL, "print one JSON object", NULL}, {0}};
  int status = options_parse("check", "DIR [--json]", options, argc, argv, &folder);

  if (status >= 0)
    return status;
  if (folder == NULL) {
    fprintf(stderr, "sockwarden check: no folder given. Try: sockwarden check policies\n");
    return EXIT_USAGE;
  }
  given_host_init(&given);
  if (strlen(folder) >= sizeof given.settings.policy_dir) {
    fprintf(stderr, "sockwarden check: the folder's name is too long\n");
    return EXIT_USAGE;
  }
  strcpy(given.settings.policy_dir, folder);
  check__describe_program(&given.program);
  given.report = check_findings_add;
  given.report_context = &findings;
#ifdef _WIN32
  /* What the provider would refuse to load from there. */
  if (machine_policies_are_in(folder))
    given.settings.protection = POLICY_PROTECTION_WARNED;
#endif
  bool done = check__run(&given, &findings, &totals);
  if (!done)
    fprintf(stderr, "sockwarden: out of memory\n");
  else if (as_json)
    check_report_print_json(&findings, folder, &totals);
  else
    check_report_print(&findings, folder, &totals);
  check_findings_free(&findings);
  return done && totals.errors == 0 ? EXIT_DONE : EXIT_FAILED;
}

#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "given_host.h"
#include "json.h"
#include "options.h"

int command_check(int argc, char **argv)
{
  given_host_t given;
  const char *folder;
  bool as_json = false;
  given_host_init(&given);
  const option_t options[] = {
      {"json", OPTION_SWITCH, &as_json, NULL, "print the result as one JSON object", NULL}, {0}};
  int status = options_parse("check", "DIR [--json]", options, argc, argv, &folder);
  if (status >= 0)
    return status;
  if (!folder) {
    fprintf(stderr, "sockwarden check: which folder? Try: sockwarden check policies\n");
    return EXIT_USAGE;
  }
  if (strlen(folder) >= sizeof given.settings.policy_dir) {
    fprintf(stderr, "sockwarden check: the folder's name is too long\n");
    return EXIT_USAGE;
  }
  strcpy(given.settings.policy_dir, folder);

  policy_host_t host = given_host_policy_host(&given);
  policy_engine_t *engine = policy_engine_create(&host);
  size_t policies = 0, steps = 0;
  if (!engine) {
    fprintf(stderr, "sockwarden: out of memory\n");
    return EXIT_FAILED;
  }
  size_t errors = policy_engine_load(engine, &policies, &steps);
  policy_engine_destroy(engine);
  if (as_json) {
    json_t json = {stdout, false};
    json_open(&json, NULL, '{');
    json_number(&json, "policies", (int64_t)policies);
    json_number(&json, "steps", (int64_t)steps);
    json_number(&json, "errors", (int64_t)errors);
    json_number(&json, "warnings", (int64_t)given.warnings);
    json_close(&json, '}');
    putchar('\n');
  } else if (errors) {
    printf("%zu error%s\n", errors, errors == 1 ? "" : "s");
  } else {
    printf("ok: %zu %s, %zu step%s\n", policies, policies == 1 ? "policy" : "policies", steps,
           steps == 1 ? "" : "s");
  }
  return errors ? EXIT_FAILED : EXIT_DONE;
}

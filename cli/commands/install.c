#include <stddef.h>

#include "commands.h"
#include "options.h"
#include "setup.h"

int command_install(int argc, char **argv)
{
  const char *policies = NULL;
  bool dry_run = false;
  const option_t options[] = {
      {"policies", OPTION_TEXT, &policies, "DIR",
       "the policy folder; default: the one set, or ProgramData\\Sockwarden\\policies", NULL},
      {"dry-run", OPTION_SWITCH, &dry_run, NULL, "print what would be done; change nothing", NULL},
      {0}};
  int status = options_parse("install", "[--policies DIR] [--dry-run]", options, argc, argv, NULL);

  return status >= 0 ? status : setup_install(policies, dry_run);
}

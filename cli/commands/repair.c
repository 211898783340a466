#include <stddef.h>

#include "commands.h"
#include "options.h"
#include "setup.h"

int command_repair(int argc, char **argv)
{
  const char *snapshot = NULL;
  const option_t options[] = {
      {"from", OPTION_TEXT, &snapshot, "SNAPSHOT",
       "restore this snapshot: a file, or a name in ProgramData\\Sockwarden\\snapshots", NULL},
      {0}};
  int status = options_parse("repair", "[--from SNAPSHOT]", options, argc, argv, NULL);

  if (status >= 0)
    return status;
  return snapshot != NULL ? setup_restore(snapshot) : setup_repair();
}

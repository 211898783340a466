#include <stddef.h>

#include "commands.h"
#include "options.h"
#include "setup.h"

int command_uninstall(int argc, char **argv)
{
  bool purge = false;
  const option_t options[] = {
      {"purge", OPTION_SWITCH, &purge, NULL, "remove policies, logs, snapshots and settings too", NULL}, {0}};
  int status = options_parse("uninstall", "[--purge]", options, argc, argv, NULL);

  return status >= 0 ? status : setup_uninstall(purge);
}

#include <stdio.h>

#include "commands.h"
#include "options.h"
#include "setup.h"

int command_exclude(int argc, char **argv)
{
  const char *program;
  const option_t options[] = {{0}};
  int status = options_parse("exclude", "PROGRAM.exe", options, argc, argv, &program);

  if (status >= 0)
    return status;
  if (program == NULL) {
    fprintf(stderr, "sockwarden exclude: no program given. Give its full path.\n");
    return EXIT_USAGE;
  }
  return setup_exclude(program);
}

#include <stdio.h>

#include "commands.h"
#include "options.h"
#include "policy_tools.h"

static void annotations__put(void *context, const char *text)
{
  fputs(text, context);
}

int command_annotations(int argc, char **argv)
{
  bool luacheck = false;
  const option_t options[] = {
      {"luacheck", OPTION_SWITCH, &luacheck, NULL, "a configuration for luacheck instead", NULL}, {0}};
  int status = options_parse("annotations", "[--luacheck]", options, argc, argv, NULL);

  if (status >= 0)
    return status;
  if (luacheck)
    policy_luacheck_config(annotations__put, stdout);
  else
    policy_annotations(annotations__put, stdout);
  return EXIT_DONE;
}

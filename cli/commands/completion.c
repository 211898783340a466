#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "embedded.h"
#include "options.h"

int command_completion(int argc, char **argv)
{
  const char *shell;
  const option_t options[] = {{0}};
  int status = options_parse("completion", "bash|powershell", options, argc, argv, &shell);

  if (status >= 0)
    return status;
  if (shell != NULL && strcmp(shell, "bash") == 0) {
    fputs(embedded_bash, stdout);
    return EXIT_DONE;
  }
  if (shell != NULL && strcmp(shell, "powershell") == 0) {
    fputs(embedded_powershell, stdout);
    return EXIT_DONE;
  }
  fprintf(stderr, "sockwarden completion: the shell must be bash or powershell\n");
  return EXIT_USAGE;
}

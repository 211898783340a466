#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "embedded.h"
#include "native_files.h"
#include "options.h"
#include "policy.h"

/* Never over what somebody wrote. */
static bool init__write_new(const char *folder, const char *name, const char *text)
{
  char path[POLICY_PATH_MAX + 64];

  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = native_files_create(path);
  bool written = file != NULL && fputs(text, file) >= 0;
  if (file != NULL && fclose(file) != 0)
    written = false;
  if (!written)
    fprintf(stderr, "sockwarden init: %s: %s\n", path, strerror(errno));
  else
    printf("wrote %s\n", path);
  return written;
}

int command_init(int argc, char **argv)
{
  const char *folder;
  const option_t options[] = {{0}};
  int status = options_parse("init", "[DIR]", options, argc, argv, &folder);

  if (status >= 0)
    return status;
  folder = folder != NULL ? folder : ".";
  if (strlen(folder) >= POLICY_PATH_MAX) {
    fprintf(stderr, "sockwarden init: the folder's name is too long\n");
    return EXIT_USAGE;
  }
  if (native_files_make_folder(folder) != 0 && errno != EEXIST) {
    fprintf(stderr, "sockwarden init: %s: %s\n", folder, strerror(errno));
    return EXIT_FAILED;
  }
  if (!init__write_new(folder, "10-starter.lua", embedded_starter) ||
      !init__write_new(folder, "10-starter_test.lua", embedded_starter_test))
    return EXIT_FAILED;
  printf("Next: sockwarden check %s, and sockwarden test %s\n", folder, folder);
  return EXIT_DONE;
}

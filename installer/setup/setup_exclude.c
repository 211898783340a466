#include "setup.h"

#include "application_category.h"
#include "files.h"
#include "setup_print.h"
#include "transaction.h"

static int setup_exclude__run(const WCHAR *path)
{
  char text[INSTALL_PATH_TEXT];
  call_failure_t failure;
  DWORD before, after;

  setup_print(
      "Excluding %s: its Winsock category becomes SYSTEM. From its next start on it loads no layer that is "
      "not "
      "made for system processes, neither Sockwarden nor any other vendor's (virus scanners, parental "
      "controls, VPN clients). This cannot be wholly undone: Winsock only ever adds categories to a program.",
      install_paths_text(path, text));
  if (!application_category_set_system(path, &before, &after, &failure)) {
    setup_print_call(&failure);
    setup_print_failure("not excluded.");
    return SETUP_FAILED;
  }
  setup_print("Categories of %s: 0x%08lx before, 0x%08lx now.", text, (unsigned long)before,
              (unsigned long)after);
  return SETUP_DONE;
}

int setup_exclude(const char *program)
{
  transaction_t transaction;
  WCHAR path[INSTALL_PATH_CHARS];
  int status = SETUP_FAILED;

  if (transaction_open(&transaction, true)) {
    if (install_paths_full(program, path) && files_exist(path))
      status = setup_exclude__run(path);
    else
      setup_print_failure("there is no program '%s'. Give the full path: Winsock knows programs by it.",
                          program);
  }
  transaction_close(&transaction);
  return status;
}

/* What is shipped has no faults in it. */
#include "proof_cases.h"

#include <string.h>

#include "proof_machine.h"
#include "proof_run.h"

/* A word of the faults' environment, as it would be in a program that asks for it. */
static BOOL holds(const char *program, const char *word)
{
  static char bytes[16 * 1024 * 1024];
  DWORD size = 0, length = (DWORD)strlen(word);
  HANDLE file = CreateFileA(program, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);

  check(file != INVALID_HANDLE_VALUE && ReadFile(file, bytes, sizeof bytes, &size, NULL) &&
            size < sizeof bytes,
        "the program is read");
  CloseHandle(file);
  for (DWORD i = 0; i + length <= size; i++)
    if (memcmp(bytes + i, word, length) == 0)
      return TRUE;
  return FALSE;
}

/* Each fault that stops the command with the faults in it leaves the shipped one alone. */
void proof_shipped(void)
{
  static const struct {
    const char *name, *only;
    long value;
    DWORD status; /* of the command with the faults in it */
  } faults[] = {{"KILL", "", 5, 99},
                {"FAIL", "", 7, 1},
                {"LIE", "WSC", 7, 1},
                {"ELEVATED", "", 0, 1},
                {"MACHINE", "", 0xaa64, 1}};
  image_t before = image_take();

  check(holds(faulty, "SOCKWARDEN_TEST_") && !holds(shipped, "SOCKWARDEN_TEST_"),
        "the shipped command does not know their names");
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
    fault_only(faults[i].only);
    fault_set("CHANGES", 1);
    fault_set(faults[i].name, faults[i].value);
    check(sockwarden("install") == faults[i].status, faults[i].name);
    fault_clear();
    check(sockwarden("repair") == 0 && clean(&before), faults[i].name);
    fault_only(faults[i].only);
    fault_set("CHANGES", 1);
    fault_set(faults[i].name, faults[i].value);
    check(run(shipped, "install") == 0, faults[i].name);
    check(run(shipped, "uninstall") == 0, faults[i].name);
    fault_clear();
  }
  check(clean(&before), "byte for byte what it was");
  image_free(&before);
  case_end("shipped-command-has-no-faults");
}

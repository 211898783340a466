/* DLLs that are in use. */
#include "proof_cases.h"

#include <stdio.h>
#include <string.h>

#include "proof_machine.h"
#include "proof_run.h"

static void in_use(void)
{
  char pending[4096] = "";
  DWORD size = sizeof pending;
  image_t before = image_take();

  check(sockwarden("install") == 0, "install");
  fault_only("DeleteFile");
  fault_set("FAIL_FROM", 1);
  fault_set("CHANGES", 1);
  DWORD code = sockwarden("uninstall");
  fault_clear();
  /* The journal could not be deleted either, so this says 1; a DLL alone: */
  check(code == 1 || code == 3010, "exit status");
  check(sockwarden("repair") == 0 && is_like(&before), "repair");
  check(sockwarden("install") == 0, "install");
  HMODULE loaded = LoadLibraryA(our_dll);
  check(loaded != NULL, "our DLL loads");
  fault_only("DeleteFile");
  fault_set("FAIL", 1); /* Wine deletes what is loaded; Windows does not: */
  code = sockwarden("uninstall");
  fault_clear();
  check(code == 0 || code == 3010, "exit status");
  FreeLibrary(loaded);
  check(clean(&before), "the DLL is out of the way, the catalogs clean");
  RegGetValueA(HKEY_LOCAL_MACHINE, "SYSTEM\\CurrentControlSet\\Control\\Session Manager",
               "PendingFileRenameOperations", RRF_RT_REG_MULTI_SZ, NULL, pending, &size);
  BOOL scheduled = FALSE;
  for (const char *name = pending; name < pending + sizeof pending - 1 && (*name || name[1]);
       name += strlen(name) + 1)
    scheduled = scheduled || strstr(name, "sockwarden.dll.") != NULL;
  check(scheduled, "what stepped aside goes at the next start");
  check(sockwarden("install") == 0 && whole(), "a new DLL may come before that");
  check(sockwarden("uninstall") == 0 && clean(&before), "uninstall");
  image_free(&before);
  case_end("dll-in-use");
}

static void restart_status(void)
{
  image_t before = image_take();

  check(sockwarden("install") == 0, "install");
  fault_only("DeleteFile");
  fault_set("FAIL", 1);
  fault_set("LATER", 1);
  DWORD code = sockwarden("uninstall");
  fault_clear();
  SetEnvironmentVariableA("SOCKWARDEN_TEST_LATER", NULL);
  check(code == 3010 && said("next start of Windows"), "3010");
  check(clean(&before), "the catalogs are clean at once");
  image_free(&before);
  case_end("exit-status-3010");
}

void proof_in_use(void)
{
  in_use();
  restart_status();
}

#include "dll_main.h"

static HINSTANCE instance;
static bool exiting;

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved);

/* Under the loader lock: store, nothing else (docs/winsock-notes.md 3). What the DLL holds it frees in the
 * last WSPCleanup. */
BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved)
{
  if (reason == DLL_PROCESS_ATTACH)
    instance = module;
  if (reason == DLL_PROCESS_DETACH && reserved != NULL)
    exiting = true;
  return TRUE;
}

HINSTANCE dll_instance(void)
{
  return instance;
}

bool dll_process_exiting(void)
{
  typedef BOOLEAN(WINAPI * shutdown_fn)(void);
  HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");

  if (exiting)
    return true;
  /* ws2_32 may be notified of the end before this DLL and call WSPCleanup from there. */
  shutdown_fn in_progress =
      ntdll == NULL ? NULL : (shutdown_fn)(void *)GetProcAddress(ntdll, "RtlDllShutdownInProgress");
  return in_progress != NULL && in_progress();
}

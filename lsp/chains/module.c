#include "module.h"

#include <stdbool.h>

static bool module__absolute(const WCHAR *path)
{
  return path[0] != L'\0' && (path[1] == L':' || (path[0] == L'\\' && path[1] == L'\\'));
}

HMODULE module_open(const WCHAR *path, LPWSPSTARTUP *startup)
{
  /* A provider's own DLLs lie beside it, not beside the program. The flag wants a full path. */
  HMODULE module = LoadLibraryExW(path, NULL, module__absolute(path) ? LOAD_WITH_ALTERED_SEARCH_PATH : 0);

  *startup = module == NULL ? NULL : (LPWSPSTARTUP)(void *)GetProcAddress(module, "WSPStartup");
  if (module != NULL && *startup == NULL) {
    FreeLibrary(module);
    return NULL;
  }
  return module;
}

void module_close(HMODULE module)
{
  FreeLibrary(module);
}

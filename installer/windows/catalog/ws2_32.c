#include "ws2_32.h"

FARPROC ws2_32_find(const char *name)
{
  HMODULE ws2_32 = GetModuleHandleW(L"ws2_32.dll");

  return ws2_32 != NULL ? GetProcAddress(ws2_32, name) : NULL;
}

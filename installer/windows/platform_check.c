#include "platform_check.h"

#include <winsock2.h>
#include <windows.h>

#include "fault_injection.h"
#include "process_token.h"

/* The processor that Windows itself runs on, also where this process is emulated. */
static WORD platform_check__processor(void)
{
  typedef BOOL(WINAPI * is_wow64_process2_t)(HANDLE process, USHORT * emulated, USHORT * native);
  union {
    FARPROC found;
    is_wow64_process2_t call;
  } is_wow64_process2 = {GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "IsWow64Process2")};
  USHORT emulated, native;
  SYSTEM_INFO info;
  long dictated;

  if (fault_injection_value("MACHINE", &dictated))
    return (WORD)dictated;
  if (is_wow64_process2.found != NULL && is_wow64_process2.call(GetCurrentProcess(), &emulated, &native))
    return native;
  GetNativeSystemInfo(&info);
  return info.wProcessorArchitecture == PROCESSOR_ARCHITECTURE_AMD64   ? IMAGE_FILE_MACHINE_AMD64
         : info.wProcessorArchitecture == PROCESSOR_ARCHITECTURE_INTEL ? IMAGE_FILE_MACHINE_I386
                                                                       : 0;
}

const char *platform_check_refusal(void)
{
  switch (platform_check__processor()) {
  case IMAGE_FILE_MACHINE_AMD64:
    break;
  case IMAGE_FILE_MACHINE_I386:
    if (sizeof(void *) == 4)
      return NULL;
    break;
  case 0xaa64:
    return "ARM64 Windows is not supported: its native programs could not load the x86 and x64 DLLs and "
           "would lose "
           "their networking. Nothing was changed";
  default:
    return "this processor is not supported: the DLLs are for x86 and x64. Nothing was changed";
  }
  if (sizeof(void *) == 4)
    return "this is the 32-bit sockwarden.exe, which cannot serve both catalogs of 64-bit Windows. Use the "
           "64-bit "
           "sockwarden.exe. Nothing was changed";
  return NULL;
}

bool platform_check_elevated(void)
{
  long dictated;

  if (fault_injection_value("ELEVATED", &dictated))
    return dictated != 0;
  return process_token_elevated();
}

bool platform_check_has_two_catalogs(void)
{
  return sizeof(void *) == 8;
}

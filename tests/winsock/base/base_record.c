#include "base_record.h"

#include "../layers/recorder/kind.h"
#include "../layers/recorder/layer.h"
#include "../layers/recorder/record.h"

const char kind_name[] = "base";

HMODULE layer_module(void)
{
  HMODULE module = NULL;

  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                     (LPCWSTR)(const void *)kind_name, &module);
  return module;
}

void base_record(const char *call, const WSAPROTOCOL_INFOW *info)
{
  record_t record;

  if (!record_watched())
    return;
  record_enter(&record, NULL, call);
  record_info(&record, info);
  record_end(&record);
}

void base_record_socket(int af, int type, int protocol, const WSAPROTOCOL_INFOW *info, GROUP g, DWORD flags)
{
  record_t record;

  if (!record_watched())
    return;
  record_enter(&record, NULL, "WSPSocket");
  record_number(&record, "af", af);
  record_number(&record, "type", type);
  record_number(&record, "protocol", protocol);
  record_info(&record, info);
  record_number(&record, "g", g);
  record_number(&record, "flags", flags);
  record_end(&record);
}

#include "protocol_info.h"

#include <stddef.h>
#include <string.h>

_Static_assert(offsetof(WSAPROTOCOL_INFOA, szProtocol) == offsetof(WSAPROTOCOL_INFOW, szProtocol),
               "one layout");

#define COMMON_SIZE offsetof(WSAPROTOCOL_INFOW, szProtocol)

void protocol_info_narrow(const WSAPROTOCOL_INFOW *wide, WSAPROTOCOL_INFOA *narrow)
{
  memcpy(narrow, wide, COMMON_SIZE);
  WideCharToMultiByte(CP_ACP, 0, wide->szProtocol, -1, narrow->szProtocol, sizeof narrow->szProtocol, NULL,
                      NULL);
  narrow->szProtocol[WSAPROTOCOL_LEN] = 0;
}

void protocol_info_widen(const WSAPROTOCOL_INFOA *narrow, WSAPROTOCOL_INFOW *wide)
{
  memcpy(wide, narrow, COMMON_SIZE);
  MultiByteToWideChar(CP_ACP, 0, narrow->szProtocol, -1, wide->szProtocol, WSAPROTOCOL_LEN + 1);
  wide->szProtocol[WSAPROTOCOL_LEN] = 0;
}

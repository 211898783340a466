/* swbase.dll: the base provider, Windows' MSAFD as far as layers can tell. Its sockets are the built-in
 * ws2_32's.
 *
 * It is strict where a base provider may be. "One vital benefit of this policy is that base service providers
 * do not have to be aware of protocol chains" (LPWSPSocket): an info with a chain in it, or of a catalog
 * entry that is not ours, is refused with WSAEINVAL, so that a layer that hands its own info down is noticed.
 */
#include "base_entries.h"
#include "base_functions.h"
#include "base_record.h"
#include "base_state.h"
#include "builtin.h"

#include <wchar.h>

static volatile LONG startups;
static WSPUPCALLTABLE upcalls;

const WSPUPCALLTABLE *base_upcalls(void)
{
  return &upcalls;
}

int WSPAPI WSPStartup(WORD wVersionRequested, LPWSPDATA lpWSPData, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                      WSPUPCALLTABLE UpcallTable, LPWSPPROC_TABLE lpProcTable)
{
  const WORD version = MAKEWORD(2, 2);

  base_record("WSPStartup", lpProtocolInfo);
  if (lpWSPData == NULL || lpProcTable == NULL)
    return WSAEFAULT;
  if (LOBYTE(wVersionRequested) < 2 || (LOBYTE(wVersionRequested) == 2 && HIBYTE(wVersionRequested) < 2))
    return WSAVERNOTSUPPORTED;
  if (builtin() == NULL)
    return WSASYSNOTREADY;
  int error = base_entries_load();
  if (!error)
    error = base_entries_check(lpProtocolInfo);
  if (error)
    return error;
  WSADATA data;
  error = builtin()->WSAStartup(version, &data);
  if (error)
    return error;

  InterlockedIncrement(&startups);
  /* "The service provider must use only the most recently supplied upcall dispatch table." */
  upcalls = UpcallTable;
  *lpWSPData = (WSPDATA){.wVersion = version, .wHighVersion = version};
  wcscpy(lpWSPData->szDescription, L"Base provider over Wine's built-in ws2_32");
  *lpProcTable = base_functions();
  return 0;
}

int WSPAPI base_WSPCleanup(LPINT lpErrno)
{
  if (InterlockedDecrement(&startups) < 0) {
    InterlockedIncrement(&startups);
    *lpErrno = WSANOTINITIALISED;
    return SOCKET_ERROR;
  }
  builtin()->WSACleanup();
  *lpErrno = 0;
  return 0;
}

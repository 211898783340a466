#include "winsock.h"

#include <string.h>
#include "dll_main.h"
#include "provider.h"
#include "chain_instance.h"
#include "thunks.h"

static const WORD version = MAKEWORD(2, 2);
static const WCHAR description[] = L"Sockwarden";

static bool startup__older(WORD requested)
{
  return LOBYTE(requested) < LOBYTE(version) ||
         (LOBYTE(requested) == LOBYTE(version) && HIBYTE(requested) < HIBYTE(version));
}

/*
 * The one export. Called by ws2_32 under its catalog lock, once for each provider GUID, and by layers above,
 * as often as they like. Nothing is written on failure: ReactOS calls whatever WSPCleanup it then finds in
 * the table.
 */
int WSPAPI WSPStartup(WORD wVersionRequested, LPWSPDATA lpWSPData, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                      WSPUPCALLTABLE UpcallTable, LPWSPPROC_TABLE lpProcTable)
{
  slot_t *slot;

  if (lpWSPData == NULL || lpProcTable == NULL || lpProtocolInfo == NULL)
    return WSAEFAULT;
  if (startup__older(wVersionRequested))
    return WSAVERNOTSUPPORTED;

  INT error = slot_start(lpProtocolInfo, &UpcallTable, &slot);
  if (error != 0)
    return error;

  *lpProcTable = slot->below;
  thunks_insert(slot, lpProcTable);
  lpWSPData->wVersion = version;
  lpWSPData->wHighVersion = version;
  memcpy(lpWSPData->szDescription, description, sizeof description);
  return 0;
}

int provider_cleanup(slot_t *slot, LPINT lpErrno)
{
  if (dll_process_exiting() || slot_stop(slot))
    return 0;
  if (lpErrno != NULL)
    *lpErrno = WSANOTINITIALISED;
  return SOCKET_ERROR;
}

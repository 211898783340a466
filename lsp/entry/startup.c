#include "winsock.h"

#include <string.h>
#include "provider_lifetime.h"
#include "thunks.h"

static const WORD version = MAKEWORD(2, 2);
static const WCHAR description[] = L"Sockwarden";

static bool startup__is_older(WORD requested)
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
  chain_instance_t *instance;

  if (lpWSPData == NULL || lpProcTable == NULL || lpProtocolInfo == NULL)
    return WSAEFAULT;
  if (startup__is_older(wVersionRequested))
    return WSAVERNOTSUPPORTED;

  INT error = provider_lifetime_start(lpProtocolInfo, &UpcallTable, &instance);
  if (error != 0)
    return error;

  *lpProcTable = instance->lower;
  thunks_insert(instance, lpProcTable);
  lpWSPData->wVersion = version;
  lpWSPData->wHighVersion = version;
  memcpy(lpWSPData->szDescription, description, sizeof description);
  return 0;
}

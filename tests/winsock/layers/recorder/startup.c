#include "fault.h"
#include "kind.h"
#include "layer.h"
#include "record.h"

static HMODULE module;
static volatile LONG starts;

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved);

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved)
{
  (void)reserved;
  if (reason == DLL_PROCESS_ATTACH)
    module = instance;
  return TRUE;
}

HMODULE layer_module(void)
{
  return module;
}

static int start(WORD version, LPWSPDATA data, const WSAPROTOCOL_INFOW *info, WSPUPCALLTABLE upcalls,
                 LPWSPPROC_TABLE table, chain_t **chain)
{
  int value, error;

  if (fault_due("WSPStartup", &error))
    return error;
  error = chain_start(version, data, info, upcalls, chain);
  if (error)
    return error;
  InterlockedIncrement(&starts);
  *table = (*chain)->next;
  kind_complete_table(table);
  thunks_insert((int)(*chain - chain_at(0)), table);
  if (fault_due("version", &value))
    data->wVersion = data->wHighVersion = (WORD)value;
  if (fault_due("table", &value))
    ((FARPROC *)(void *)table)[value] = NULL;
  return 0;
}

int WSPAPI WSPStartup(WORD wVersionRequested, LPWSPDATA lpWSPData, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                      WSPUPCALLTABLE UpcallTable, LPWSPPROC_TABLE lpProcTable)
{
  record_t record;

  record_enter(&record, NULL, "WSPStartup");
  record_number(&record, "version", wVersionRequested);
  record_info(&record, lpProtocolInfo);
  record_bytes(&record, "upcalls", &UpcallTable, sizeof UpcallTable);
  record_end(&record);

  chain_t *chain = NULL;
  int error = start(wVersionRequested, lpWSPData, lpProtocolInfo, UpcallTable, lpProcTable, &chain);

  record_leave(&record, chain, "WSPStartup");
  record_result(&record, error);
  if (!error) {
    record_number(&record, "version", lpWSPData->wVersion);
    record_bytes(&record, "below", &chain->next, sizeof chain->next);
    record_bytes(&record, "table", lpProcTable, sizeof *lpProcTable);
  }
  record_end(&record);
  return error;
}

int layer_cleanup(chain_t *chain, LPINT lpErrno)
{
  int error, ordered = 0;
  record_t record;

  record_enter(&record, chain, "WSPCleanup");
  record_end(&record);
  BOOL fails = fault_due("WSPCleanup", &ordered);
  /* Done all the same: what fails after it did its work hurts most. */
  if (InterlockedDecrement(&starts) == 0)
    kind_end();
  error = chain_stop(chain);
  if (fails)
    error = ordered;
  record_leave(&record, chain, "WSPCleanup");
  record_result(&record, error);
  record_end(&record);
  *lpErrno = error;
  return error ? SOCKET_ERROR : 0;
}

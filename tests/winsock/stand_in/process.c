#include "process.h"

#include "application_category.h"
#include "builtin.h"
#include "catalog_registry.h"
#include "completion_port.h"
#include "handles.h"
#include "provider.h"

#include <stdlib.h>
#include <string.h>

static CRITICAL_SECTION lock;
static volatile LONG startups;
static entry_t *entries;
static DWORD entry_count;

static BOOL CALLBACK create_lock(PINIT_ONCE once, PVOID parameter, PVOID *context)
{
  (void)once;
  (void)parameter;
  (void)context;
  InitializeCriticalSection(&lock);
  return TRUE;
}

void process_lock(void)
{
  static INIT_ONCE once = INIT_ONCE_STATIC_INIT;

  InitOnceExecuteOnce(&once, create_lock, NULL, NULL);
  EnterCriticalSection(&lock);
}

void process_unlock(void)
{
  LeaveCriticalSection(&lock);
}

BOOL process_started(void)
{
  if (startups > 0)
    return TRUE;
  SetLastError(WSANOTINITIALISED);
  return FALSE;
}

entry_t *process_entries(DWORD *count)
{
  *count = entry_count;
  return entries;
}

entry_t *process_find_id(DWORD id)
{
  for (DWORD i = 0; i < entry_count; i++) {
    if (entries[i].info.dwCatalogEntryId == id)
      return entries + i;
  }
  return NULL;
}

entry_t *process_find_family(int family)
{
  for (DWORD i = 0; i < entry_count; i++) {
    if (entries[i].info.iAddressFamily == family &&
        entries[i].info.ProtocolChain.ChainLen != LAYERED_PROTOCOL)
      return entries + i;
  }
  return NULL;
}

static int take_snapshot(void)
{
  catalog_t catalog;
  int error = catalog_registry_read(CATALOG_OWN, &catalog);

  if (error)
    return WSASYSNOTREADY;
  application_category_filter(&catalog);
  entries = calloc(catalog.count ? catalog.count : 1, sizeof *entries);
  if (entries != NULL) {
    entry_count = catalog.count;
    for (DWORD i = 0; i < entry_count; i++) {
      entries[i].info = catalog.items[i].info;
      memcpy(entries[i].path, catalog.items[i].path, sizeof entries[i].path);
      /* Early, while few threads run: it changes code. */
      if (!(entries[i].info.dwServiceFlags1 & XP1_IFS_HANDLES))
        completion_port_watch();
    }
  } else {
    error = WSASYSNOTREADY;
  }
  catalog_free(&catalog);
  return error;
}

static void drop_snapshot(void)
{
  provider_stop_all();
  handles_forget_all();
  free(entries);
  entries = NULL;
  entry_count = 0;
}

int WSAAPI WSAStartup(WORD version, LPWSADATA data)
{
  if (builtin() == NULL)
    return WSASYSNOTREADY;
  int error = builtin()->WSAStartup(version, data);
  if (error)
    return error;
  process_lock();
  if (startups == 0)
    error = take_snapshot();
  if (!error)
    startups++;
  process_unlock();
  if (error)
    builtin()->WSACleanup();
  return error;
}

int WSAAPI WSACleanup(void)
{
  process_lock();
  BOOL started = process_started();
  if (started && startups == 1)
    drop_snapshot();
  if (started)
    startups--;
  process_unlock();
  if (!started)
    return SOCKET_ERROR;
  /* The built-in closes what sockets are left, as ws2_32 does at the last WSACleanup. */
  return builtin()->WSACleanup();
}

#include "provider.h"

#include "upcalls.h"

#include <stdlib.h>

#define WINSOCK_2_2        MAKEWORD(2, 2)
#define PROC_TABLE_ENTRIES 30

_Static_assert(sizeof(WSPPROC_TABLE) == PROC_TABLE_ENTRIES * sizeof(void (*)(void)), "30 functions");

static provider_t *started;

static provider_t *find(const GUID *id)
{
  for (provider_t *provider = started; provider != NULL; provider = provider->next) {
    if (IsEqualGUID(&provider->id, id))
      return provider;
  }
  return NULL;
}

static BOOL table_is_complete(const WSPPROC_TABLE *table)
{
  FARPROC const *functions = (FARPROC const *)(const void *)table;

  for (int i = 0; i < PROC_TABLE_ENTRIES; i++) {
    if (functions[i] == NULL)
      return FALSE;
  }
  return TRUE;
}

static HMODULE load_module(const char *path)
{
  char expanded[MAX_PATH];
  DWORD length = ExpandEnvironmentStringsA(path, expanded, sizeof expanded);

  if (!length || length > sizeof expanded)
    return NULL;
  return LoadLibraryA(expanded);
}

static int start(provider_t *provider, entry_t *entry)
{
  provider->module = load_module(entry->path);
  if (provider->module == NULL)
    return WSAEPROVIDERFAILEDINIT;
  LPWSPSTARTUP startup = (LPWSPSTARTUP)(void (*)(void))GetProcAddress(provider->module, "WSPStartup");
  if (startup == NULL)
    return WSAEPROVIDERFAILEDINIT;

  /* A copy: what a provider does to the info it is handed must not change the catalog. */
  WSAPROTOCOL_INFOW info = entry->info;
  WSPDATA data = {0};
  if (startup(WINSOCK_2_2, &data, &info, upcalls_table(), &provider->table))
    return WSAEPROVIDERFAILEDINIT;

  int error = 0;
  if (data.wVersion != WINSOCK_2_2)
    error = WSAEINVALIDPROVIDER;
  else if (!table_is_complete(&provider->table))
    error = WSAEINVALIDPROCTABLE;
  int ignored;
  if (error && provider->table.lpWSPCleanup != NULL)
    provider->table.lpWSPCleanup(&ignored);
  return error;
}

int provider_start(entry_t *entry)
{
  if (entry->provider == NULL)
    entry->provider = find(&entry->info.ProviderId);
  if (entry->provider != NULL)
    return 0;

  provider_t *provider = calloc(1, sizeof *provider);
  if (provider == NULL)
    return WSA_NOT_ENOUGH_MEMORY;
  provider->id = entry->info.ProviderId;
  int error = start(provider, entry);
  if (error) {
    if (provider->module != NULL)
      FreeLibrary(provider->module);
    free(provider);
    return error;
  }
  provider->next = started;
  started = provider;
  entry->provider = provider;
  return 0;
}

void provider_stop_all(void)
{
  while (started != NULL) {
    provider_t *provider = started;

    started = provider->next;
    int ignored;
    provider->table.lpWSPCleanup(&ignored);
    FreeLibrary(provider->module);
    free(provider);
  }
}

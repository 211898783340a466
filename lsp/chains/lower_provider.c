#include "lower_provider.h"

#include <stdbool.h>
#include <stdlib.h>
#include "module.h"

enum { TABLE_ENTRIES = 30 };
typedef INT(WSPAPI *table_entry_fn)(void);
_Static_assert(sizeof(WSPPROC_TABLE) == TABLE_ENTRIES * sizeof(table_entry_fn),
               "a proc table is thirty functions");

static bool lower_provider__is_table_whole(const WSPPROC_TABLE *table)
{
  const table_entry_fn *entries = (const table_entry_fn *)table;

  for (int i = 0; i < TABLE_ENTRIES; i++)
    if (entries[i] == NULL)
      return false;
  return true;
}

static void lower_provider__cleanup(lower_provider_t *provider)
{
  INT ignored = 0;

  if (provider->table.lpWSPCleanup != NULL)
    (void)provider->table.lpWSPCleanup(&ignored);
}

INT lower_provider_open(const WCHAR *path, const WSAPROTOCOL_INFOW *info, const WSPUPCALLTABLE *upcalls,
                        lower_provider_t **result)
{
  WSAPROTOCOL_INFOW handed =
      *info; /* the provider may write to what it is handed; the catalog's stays as it is */
  WSPDATA data = {0};
  LPWSPSTARTUP startup;
  INT error = WSAENOBUFS;
  lower_provider_t *provider = calloc(1, sizeof *provider);

  *result = NULL;
  if (provider == NULL)
    return error;
  error = WSAEPROVIDERFAILEDINIT;
  provider->module = module_open(path, &startup);
  if (provider->module == NULL)
    goto free_provider;

  error = startup(MAKEWORD(2, 2), &data, &handed, *upcalls, &provider->table);
  if (error != 0)
    goto close_module;
  error = WSAEINVALIDPROVIDER;
  if (data.wVersion != MAKEWORD(2, 2))
    goto cleanup_provider;
  error = WSAEINVALIDPROCTABLE;
  if (!lower_provider__is_table_whole(&provider->table))
    goto cleanup_provider;

  *result = provider;
  return 0;

cleanup_provider:
  lower_provider__cleanup(provider);
close_module:
  module_close(provider->module);
free_provider:
  free(provider);
  return error;
}

void lower_provider_close(lower_provider_t *provider)
{
  lower_provider__cleanup(provider);
  module_close(provider->module);
  free(provider);
}

void lower_provider_close_all(lower_provider_t *list)
{
  while (list != NULL) {
    lower_provider_t *next = list->next;

    lower_provider_close(list);
    list = next;
  }
}

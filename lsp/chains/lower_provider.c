#include "lower_provider.h"

#include <stdbool.h>
#include <stdlib.h>
#include "module.h"

enum { TABLE_ENTRIES = 30 };
typedef INT(WSPAPI *table_entry_fn)(void);
_Static_assert(sizeof(WSPPROC_TABLE) == TABLE_ENTRIES * sizeof(table_entry_fn),
               "a proc table is thirty functions");

static bool lower__table_whole(const WSPPROC_TABLE *table)
{
  const table_entry_fn *entries = (const table_entry_fn *)table;

  for (int i = 0; i < TABLE_ENTRIES; i++)
    if (entries[i] == NULL)
      return false;
  return true;
}

static void lower__cleanup(lower_t *lower)
{
  INT ignored = 0;

  if (lower->table.lpWSPCleanup != NULL)
    (void)lower->table.lpWSPCleanup(&ignored);
}

INT lower_open(const WCHAR *path, const WSAPROTOCOL_INFOW *info, const WSPUPCALLTABLE *upcalls,
               lower_t **result)
{
  WSAPROTOCOL_INFOW handed =
      *info; /* the provider may write to what it is handed; the catalog's stays as it is */
  WSPDATA data = {0};
  LPWSPSTARTUP startup;
  INT error = WSAENOBUFS;
  lower_t *lower = calloc(1, sizeof *lower);

  *result = NULL;
  if (lower == NULL)
    return error;
  error = WSAEPROVIDERFAILEDINIT;
  lower->module = module_open(path, &startup);
  if (lower->module == NULL)
    goto free_lower;

  error = startup(MAKEWORD(2, 2), &data, &handed, *upcalls, &lower->table);
  if (error != 0)
    goto close_module;
  error = WSAEINVALIDPROVIDER;
  if (data.wVersion != MAKEWORD(2, 2))
    goto cleanup_lower;
  error = WSAEINVALIDPROCTABLE;
  if (!lower__table_whole(&lower->table))
    goto cleanup_lower;

  *result = lower;
  return 0;

cleanup_lower:
  lower__cleanup(lower);
close_module:
  module_close(lower->module);
free_lower:
  free(lower);
  return error;
}

void lower_close(lower_t *lower)
{
  lower__cleanup(lower);
  module_close(lower->module);
  free(lower);
}

void lower_close_all(lower_t *list)
{
  while (list != NULL) {
    lower_t *next = list->next;

    lower_close(list);
    list = next;
  }
}

#include "catalog_registry.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define CATALOG_KEY WINSOCK_PARAMETERS L"\\Protocol_Catalog9"

static const wchar_t *const entries_key[] = {L"Catalog_Entries64", L"Catalog_Entries"};
static const wchar_t *const entries_count[] = {L"Num_Catalog_Entries64", L"Num_Catalog_Entries"};

static HANDLE registry_mutex(void)
{
  static HANDLE mutex;

  if (mutex == NULL) {
    HANDLE created = CreateMutexW(NULL, FALSE, L"Global\\Sockwarden.WinSock2.Catalog");

    if (InterlockedCompareExchangePointer(&mutex, created, NULL) != NULL)
      CloseHandle(created);
  }
  return mutex;
}

void catalog_registry_lock(void)
{
  WaitForSingleObject(registry_mutex(), INFINITE);
}

void catalog_registry_unlock(void)
{
  ReleaseMutex(registry_mutex());
}

static DWORD read_number(HKEY key, const wchar_t *name, DWORD missing)
{
  DWORD value = missing, size = sizeof value;

  if (RegGetValueW(key, NULL, name, RRF_RT_REG_DWORD, NULL, &value, &size))
    return missing;
  return value;
}

static LONG write_number(HKEY key, const wchar_t *name, DWORD value)
{
  return RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&value, sizeof value);
}

static int read_items(HKEY key, catalog_view_t view, catalog_t *catalog)
{
  DWORD count = read_number(key, entries_count[view], 0);

  for (DWORD i = 0; i < count; i++) {
    wchar_t name[64];

    swprintf(name, 64, L"%ls\\%012lu", entries_key[view], i + 1);
    catalog_item_t item;
    DWORD size = sizeof item;
    if (RegGetValueW(key, name, L"PackedCatalogItem", RRF_RT_REG_BINARY, NULL, &item, &size) ||
        size != sizeof item)
      return WSANO_RECOVERY;
    item.path[sizeof item.path - 1] = 0;
    int error = catalog_append(catalog, &item);
    if (error)
      return error;
  }
  return 0;
}

/* What was read last, good while Serial_Access_Num stays: that is what the number is for. Under the lock. */
static struct {
  catalog_t catalog;
  DWORD serial;
} remembered[2];

static int refresh(HKEY key, catalog_view_t view)
{
  DWORD serial = read_number(key, L"Serial_Access_Num", 0);

  if (remembered[view].catalog.items != NULL && remembered[view].serial == serial)
    return 0;
  catalog_free(&remembered[view].catalog);
  remembered[view].serial = serial;
  remembered[view].catalog.next_id = read_number(key, L"Next_Catalog_Entry_ID", 1001);
  int error = read_items(key, view, &remembered[view].catalog);
  if (error)
    catalog_free(&remembered[view].catalog);
  return error;
}

static LONG write_item(HKEY entries, DWORD number, const catalog_item_t *item)
{
  wchar_t name[13];

  swprintf(name, 13, L"%012lu", number);
  HKEY entry;
  LONG status = RegCreateKeyExW(entries, name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &entry, NULL);
  if (status)
    return status;
  status = RegSetValueExW(entry, L"PackedCatalogItem", 0, REG_BINARY, (const BYTE *)item, sizeof *item);
  RegCloseKey(entry);
  return status;
}

/* The keys always run from 1 without a gap. Only what differs from what is there is written. */
static LONG write_items(HKEY key, catalog_view_t view, const catalog_t *catalog)
{
  catalog_t *there = &remembered[view].catalog;

  if (refresh(key, view)) {
    RegDeleteTreeW(key, entries_key[view]);
    catalog_free(there);
  }
  HKEY entries;
  LONG status = RegCreateKeyExW(key, entries_key[view], 0, NULL, 0, KEY_ALL_ACCESS, NULL, &entries, NULL);
  if (status)
    return status;
  for (DWORD i = 0; !status && i < catalog->count; i++) {
    if (i >= there->count || memcmp(there->items + i, catalog->items + i, sizeof *catalog->items))
      status = write_item(entries, i + 1, catalog->items + i);
  }
  for (DWORD i = catalog->count; !status && i < there->count; i++) {
    wchar_t name[13];

    swprintf(name, 13, L"%012lu", i + 1);
    status = RegDeleteKeyW(entries, name);
  }
  RegCloseKey(entries);
  catalog_free(there);
  if (!status)
    status = write_number(key, entries_count[view], catalog->count);
  return status;
}

static LONG write_catalog(HKEY key, catalog_view_t view, const catalog_t *catalog)
{
  LONG status = write_items(key, view, catalog);

  if (!status)
    status = write_number(key, L"Next_Catalog_Entry_ID", catalog->next_id);
  DWORD serial = read_number(key, L"Serial_Access_Num", 0) + 1;
  if (!status)
    status = write_number(key, L"Serial_Access_Num", serial);
  /* What was written is what would be read. */
  if (!status && !catalog_copy(catalog, &remembered[view].catalog))
    remembered[view].serial = serial;
  return status;
}

static int seed(HKEY key)
{
  catalog_t fresh = {0};
  int error = catalog_seed(&fresh);

  if (error)
    return error;
  LONG status = RegSetKeyValueW(HKEY_LOCAL_MACHINE, WINSOCK_PARAMETERS, L"Current_Protocol_Catalog", REG_SZ,
                                L"Protocol_Catalog9", sizeof L"Protocol_Catalog9");
  if (!status)
    status = write_catalog(key, CATALOG_64, &fresh);
  if (!status)
    status = write_catalog(key, CATALOG_32, &fresh);
  catalog_free(&fresh);
  return status ? WSANO_RECOVERY : 0;
}

/* Opened once and kept, as ws2_32 does. */
static int open_catalog(HKEY *key)
{
  static HKEY opened;

  if (opened == NULL &&
      RegCreateKeyExW(HKEY_LOCAL_MACHINE, CATALOG_KEY, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &opened, NULL))
    return WSANO_RECOVERY;
  *key = opened;
  /* Wine makes the key itself but nothing in it. */
  if (!RegGetValueW(*key, NULL, entries_count[CATALOG_64], RRF_RT_REG_DWORD, NULL, NULL, NULL))
    return 0;
  return seed(*key);
}

int catalog_registry_read(catalog_view_t view, catalog_t *catalog)
{
  *catalog = (catalog_t){0};
  catalog_registry_lock();
  HKEY key;
  int error = open_catalog(&key);
  if (!error)
    error = refresh(key, view);
  if (!error)
    error = catalog_copy(&remembered[view].catalog, catalog);
  catalog_registry_unlock();
  return error;
}

int catalog_registry_write(catalog_view_t view, const catalog_t *catalog)
{
  catalog_registry_lock();
  HKEY key;
  int error = open_catalog(&key);
  if (!error)
    error = write_catalog(key, view, catalog) ? WSANO_RECOVERY : 0;
  catalog_registry_unlock();
  return error;
}

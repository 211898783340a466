#include "application_category.h"

#include "catalog_registry.h"
#include "provider_category.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define APPLICATIONS_KEY WINSOCK_PARAMETERS L"\\AppId_Catalog"

/* Values of an application's key, as Windows names them. */
#define VALUE_PATH       L"AppFullPath"
#define VALUE_ARGUMENTS  L"AppArgs"
#define VALUE_CATEGORIES L"PermittedLspCategories"

/* The key's name: eight hex digits made of path and arguments. Windows hashes differently; nobody but ws2_32
 * reads the name. */
static void key_name(const wchar_t *path, const wchar_t *arguments, wchar_t name[260])
{
  DWORD hash = 2166136261u;

  for (const wchar_t *at = path; *at; at++)
    hash = (hash ^ towlower(*at)) * 16777619u;
  for (const wchar_t *at = arguments; *at; at++)
    hash = (hash ^ *at) * 16777619u;
  swprintf(name, 260, APPLICATIONS_KEY L"\\%08lX", hash);
}

static BOOL read_categories(const wchar_t *path, const wchar_t *arguments, DWORD *categories)
{
  wchar_t name[260];

  key_name(path, arguments, name);
  DWORD size = sizeof *categories;
  return !RegGetValueW(HKEY_LOCAL_MACHINE, name, VALUE_CATEGORIES, RRF_RT_REG_DWORD, NULL, categories, &size);
}

/* The command line behind the program's own name. */
static const wchar_t *own_arguments(void)
{
  const wchar_t *at = GetCommandLineW();
  wchar_t until = L' ';

  if (*at == L'"') {
    until = L'"';
    at++;
  }
  while (*at && *at != until)
    at++;
  if (*at == L'"')
    at++;
  while (*at == L' ')
    at++;
  return at;
}

static BOOL own_categories(DWORD *categories)
{
  wchar_t path[MAX_PATH];
  DWORD length = GetModuleFileNameW(NULL, path, MAX_PATH);

  if (!length || length == MAX_PATH)
    return FALSE;
  return read_categories(path, own_arguments(), categories) || read_categories(path, L"", categories);
}

/* "At least one of the LSP categories is present in the application's", "the application's categories must be
 * a superset of the LSP's", and "if LSP_SYSTEM is present in the application's category, it must be present
 * in the LSP's". */
static BOOL may_load(DWORD permitted, DWORD layer)
{
  if (!(layer & permitted) || layer & ~permitted)
    return FALSE;
  return !(permitted & LSP_SYSTEM) || layer & LSP_SYSTEM;
}

void application_category_filter(catalog_t *catalog)
{
  DWORD permitted;

  if (!own_categories(&permitted))
    return;
  for (DWORD i = catalog->count; i-- > 0;) {
    const WSAPROTOCOL_INFOW *info = &catalog->items[i].info;

    if (info->ProtocolChain.ChainLen <= BASE_PROTOCOL)
      continue;
    const catalog_item_t *layer = catalog_find_id(catalog, info->ProtocolChain.ChainEntries[0]);
    if (!may_load(permitted, layer != NULL ? provider_category(CATALOG_OWN, &layer->info.ProviderId) : 0))
      catalog_remove(catalog, i);
  }
}

/* Path and arguments as they are compared: variables expanded, ended with a NUL. */
static int normalise(LPCWSTR Path, DWORD PathLength, LPCWSTR Extra, DWORD ExtraLength, wchar_t path[MAX_PATH],
                     wchar_t arguments[MAX_PATH])
{
  if (Path == NULL || PathLength == 0 || PathLength >= MAX_PATH || (Extra != NULL && ExtraLength >= MAX_PATH))
    return Path != NULL ? WSAEINVAL : WSAEFAULT;
  wchar_t raw[MAX_PATH];
  wmemcpy(raw, Path, PathLength);
  raw[PathLength] = 0;
  DWORD length = ExpandEnvironmentStringsW(raw, path, MAX_PATH);
  if (!length || length > MAX_PATH)
    return WSAEINVAL;
  DWORD extra = Extra != NULL ? ExtraLength : 0;
  if (extra)
    wmemcpy(arguments, Extra, extra);
  arguments[extra] = 0;
  return 0;
}

static LONG write_text(const wchar_t *key, const wchar_t *name, const wchar_t *text)
{
  return RegSetKeyValueW(HKEY_LOCAL_MACHINE, key, name, REG_SZ, text,
                         (DWORD)((wcslen(text) + 1) * sizeof *text));
}

int WSPAPI WSCSetApplicationCategory(LPCWSTR Path, DWORD PathLength, LPCWSTR Extra, DWORD ExtraLength,
                                     DWORD PermittedLspCategories, DWORD *pPrevPermLspCat, LPINT lpErrno)
{
  wchar_t path[MAX_PATH], arguments[MAX_PATH], key[260];
  DWORD before = 0;

  *lpErrno = normalise(Path, PathLength, Extra, ExtraLength, path, arguments);
  if (*lpErrno)
    return SOCKET_ERROR;
  read_categories(path, arguments, &before);
  if (pPrevPermLspCat != NULL)
    *pPrevPermLspCat = before;
  key_name(path, arguments, key);
  /* "If called on the same application multiple times, then the categories are ORed together." */
  DWORD categories = before | PermittedLspCategories;
  if (write_text(key, VALUE_PATH, path) || write_text(key, VALUE_ARGUMENTS, arguments) ||
      RegSetKeyValueW(HKEY_LOCAL_MACHINE, key, VALUE_CATEGORIES, REG_DWORD, &categories, sizeof categories)) {
    *lpErrno = WSANO_RECOVERY;
    return SOCKET_ERROR;
  }
  return 0;
}

int WSPAPI WSCGetApplicationCategory(LPCWSTR Path, DWORD PathLength, LPCWSTR Extra, DWORD ExtraLength,
                                     DWORD *pPermittedLspCategories, LPINT lpErrno)
{
  wchar_t path[MAX_PATH], arguments[MAX_PATH];

  *lpErrno = pPermittedLspCategories != NULL
                 ? normalise(Path, PathLength, Extra, ExtraLength, path, arguments)
                 : WSAEFAULT;
  if (*lpErrno)
    return SOCKET_ERROR;
  if (!read_categories(path, arguments, pPermittedLspCategories)) {
    *lpErrno = WSANO_RECOVERY;
    return SOCKET_ERROR;
  }
  return 0;
}

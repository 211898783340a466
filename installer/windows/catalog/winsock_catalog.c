#include "winsock_catalog.h"

#include <stdlib.h>
#include <string.h>
#include <winsock2.h>
#include <ws2spi.h>
#include <windows.h>

#include "error_names.h"
#include "platform_check.h"
#include "fault_injection.h"

_Static_assert(sizeof(catalog_info_t) == sizeof(WSAPROTOCOL_INFOW), "one layout");
_Static_assert(offsetof(catalog_info_t, guid) == offsetof(WSAPROTOCOL_INFOW, ProviderId), "one layout");
_Static_assert(offsetof(catalog_info_t, chain) ==
                   offsetof(WSAPROTOCOL_INFOW, ProtocolChain) + offsetof(WSAPROTOCOLCHAIN, ChainEntries),
               "one layout");
_Static_assert(offsetof(catalog_info_t, family) == offsetof(WSAPROTOCOL_INFOW, iAddressFamily), "one layout");
_Static_assert(offsetof(catalog_info_t, name) == offsetof(WSAPROTOCOL_INFOW, szProtocol), "one layout");
_Static_assert(CATALOG_PATH_CHARS == MAX_PATH, "a path's room");
_Static_assert(CATALOG_IFS_HANDLES == XP1_IFS_HANDLES && CATALOG_HIDDEN == PFL_HIDDEN, "Winsock's numbers");
_Static_assert(WINSOCK_OUR_CATEGORY == (LSP_FIREWALL | LSP_INSPECTOR), "Winsock's numbers");
_Static_assert(FAMILY_INET6 == AF_INET6 && FAMILY_BLUETOOTH == AF_BTH, "Winsock's numbers");

/* ws2_32's functions, by view. */
typedef int(WSPAPI *enum_t)(LPINT protocols, LPWSAPROTOCOL_INFOW buffer, LPDWORD size, LPINT error);
typedef int(WSPAPI *path_t)(LPGUID provider, WCHAR *path, LPINT length, LPINT error);
typedef int(WSPAPI *install_t)(LPGUID provider, const WCHAR *path, LPWSAPROTOCOL_INFOW infos, DWORD count,
                               LPINT error);
typedef int(WSPAPI *remove_t)(LPGUID provider, LPINT error);
typedef int(WSPAPI *order_t)(LPDWORD ids, DWORD count);
typedef int(WSPAPI *set_info_t)(LPGUID provider, WSC_PROVIDER_INFO_TYPE type, PBYTE info, size_t size,
                                DWORD flags, LPINT error);
typedef int(WSPAPI *get_info_t)(LPGUID provider, WSC_PROVIDER_INFO_TYPE type, PBYTE info, size_t *size,
                                DWORD flags, LPINT error);
typedef int(WSPAPI *set_application_t)(LPCWSTR path, DWORD length, LPCWSTR extra, DWORD extra_length,
                                       DWORD categories, DWORD *before, LPINT error);
typedef int(WSPAPI *get_application_t)(LPCWSTR path, DWORD length, LPCWSTR extra, DWORD extra_length,
                                       DWORD *categories, LPINT error);

typedef union function {
  FARPROC found;
  enum_t enumerate;
  path_t path;
  install_t install; /* WSCInstallProvider, WSCUpdateProvider and their like */
  remove_t remove;
  order_t order;
  set_info_t set_info;
  get_info_t get_info;
  set_application_t set_application;
  get_application_t get_application;
} function_t;

static function_t winsock__find(const char *name)
{
  function_t function = {NULL};
  HMODULE ws2_32 = GetModuleHandleW(L"ws2_32.dll");

  if (ws2_32 != NULL)
    function.found = GetProcAddress(ws2_32, name);
  return function;
}

/* Names in pairs: the native one and the 32-bit one. */
static const char *const enum_names[VIEWS] = {"WSCEnumProtocols", "WSCEnumProtocols32"};
static const char *const path_names[VIEWS] = {"WSCGetProviderPath", "WSCGetProviderPath32"};
static const char *const remove_names[VIEWS] = {"WSCDeinstallProvider", "WSCDeinstallProvider32"};
static const char *const update_names[VIEWS] = {"WSCUpdateProvider", "WSCUpdateProvider32"};
static const char *const order_names[VIEWS] = {"WSCWriteProviderOrder", "WSCWriteProviderOrder32"};
static const char *const set_info_names[VIEWS] = {"WSCSetProviderInfo", "WSCSetProviderInfo32"};
static const char *const get_info_names[VIEWS] = {"WSCGetProviderInfo", "WSCGetProviderInfo32"};

/* What a loader would look for: variables expanded, and as a 32-bit program sees it for the 32-bit view. */
static bool winsock__dll_missing(const WCHAR *path, size_t view, bool two)
{
  WCHAR expanded[MAX_PATH], system[MAX_PATH], wow[MAX_PATH], found[MAX_PATH * 2];
  DWORD length = ExpandEnvironmentStringsW(path, expanded, MAX_PATH);
  UINT system_length = GetSystemDirectoryW(system, MAX_PATH);

  if (!length || length > MAX_PATH)
    return true;
  if (two && view == VIEW_WOW && GetSystemWow64DirectoryW(wow, MAX_PATH) && system_length < length &&
      CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, expanded, (int)system_length, system,
                     (int)system_length) == CSTR_EQUAL) {
    wcscpy(found, wow);
    wcscat(found, expanded + system_length);
    return GetFileAttributesW(found) == INVALID_FILE_ATTRIBUTES;
  }
  /* A bare name is looked for where the loader looks. */
  if (wcschr(expanded, L'\\') == NULL)
    return SearchPathW(NULL, expanded, NULL, MAX_PATH, found, NULL) == 0;
  return GetFileAttributesW(expanded) == INVALID_FILE_ATTRIBUTES;
}

/* Makes the call unless a test says otherwise; the expression is its result, 0 or the error. */
#define WINSOCK_CALL(result, name, expression)                                                               \
  do {                                                                                                       \
    (result) = fault_injection_step(name);                                                                   \
    if ((result) == FAULT_NONE)                                                                              \
      (result) = (expression);                                                                               \
    else if ((result) == FAULT_PRETEND)                                                                      \
      (result) = 0;                                                                                          \
  } while (0)

static int winsock__failed(int result, int error)
{
  return result == SOCKET_ERROR ? (error ? error : WSASYSCALLFAILURE) : 0;
}

static int winsock__read_view(size_t view, bool two, catalog_t *catalog, const char **call)
{
  function_t enumerate = winsock__find(enum_names[view]), path = winsock__find(path_names[view]);
  WSAPROTOCOL_INFOW *infos = NULL;
  DWORD size = 0;
  int error = 0, count = 0;

  *call = enumerate.found != NULL ? path_names[view] : enum_names[view];
  if (enumerate.found == NULL || path.found == NULL)
    return ERROR_PROC_NOT_FOUND;
  *call = enum_names[view];
  /* Somebody may add entries between the two calls. */
  for (;;) {
    WINSOCK_CALL(error, *call,
                 (count = enumerate.enumerate(NULL, infos, &size, &error)) == SOCKET_ERROR ? error : 0);
    if (!error)
      break;
    WSAPROTOCOL_INFOW *grown = error == WSAENOBUFS ? realloc(infos, size) : NULL;
    if (grown == NULL) {
      free(infos);
      return error == WSAENOBUFS ? WSA_NOT_ENOUGH_MEMORY : error;
    }
    infos = grown;
  }
  for (int i = 0; !error && i < count; i++) {
    catalog_entry_t entry = {.dll_missing = true};
    WCHAR wide[MAX_PATH] = L"";
    INT length = MAX_PATH;
    GUID guid = infos[i].ProviderId;

    memcpy(&entry.info, &infos[i], sizeof entry.info);
    entry.info.name[CATALOG_NAME_CHARS - 1] = 0;
    /* Without its DLL an entry cannot be told from ours: such a catalog is not to be worked on. */
    *call = path_names[view];
    WINSOCK_CALL(error, *call, winsock__failed(path.path(&guid, wide, &length, &error), error));
    if (!error && !wide[0])
      error = ERROR_INVALID_DATA; /* Wine's own answers so */
    entry.dll_missing = winsock__dll_missing(wide, view, two);
    memcpy(entry.path, wide, sizeof entry.path);
    if (!error && !catalog_append(catalog, &entry))
      error = WSA_NOT_ENOUGH_MEMORY;
  }
  free(infos);
  return error;
}

int winsock_read(catalogs_t *catalogs)
{
  bool two = machine_has_two_catalogs();
  const char *call = "WSAStartup";
  WSADATA data;

  *catalogs = (catalogs_t){.views = two ? VIEWS : 1};
  /* "Only instances of Ws2_32.dll created by calling WSAStartup after" a change see it (WSCInstallProvider).
   */
  int error = WSAStartup(MAKEWORD(2, 2), &data);
  for (size_t view = 0; !error && view < catalogs->views; view++) {
    error = winsock__read_view(view, two, &catalogs->view[view], &call);
    if (error || view + 1 == catalogs->views)
      WSACleanup();
  }
  if (!error)
    return 0;
  error_tell(call, error);
  catalogs_free(catalogs);
  *catalogs = (catalogs_t){.views = 0};
  return error;
}

static int winsock__install(const edit_t *edit, bool both, const char **call)
{
  function_t install = winsock__find(*call = both ? "WSCInstallProvider64_32" : "WSCInstallProvider");
  WSAPROTOCOL_INFOW info;
  GUID guid;
  int error = 0, result;

  memcpy(&info, &edit->entry.info, sizeof info);
  memcpy(&guid, &edit->guid, sizeof guid);
  if (install.found == NULL)
    return ERROR_PROC_NOT_FOUND;
  WINSOCK_CALL(
      result, *call,
      winsock__failed(install.install(&guid, (const WCHAR *)edit->entry.path, &info, 1, &error), error));
  return result;
}

/* All entries of the provider are handed in: "each structure specifies or modifies a protocol" does not say
 * what becomes of one that is left out. */
static int winsock__update(const edit_t *edit, size_t view, const catalog_t *now, const char **call)
{
  function_t update = winsock__find(*call = update_names[view]);
  WSAPROTOCOL_INFOW *infos = calloc(now->count + 1, sizeof *infos);
  DWORD count = 0;
  GUID guid;
  int error = 0, result = ERROR_PROC_NOT_FOUND;

  memcpy(&guid, &edit->guid, sizeof guid);
  if (infos == NULL)
    return WSA_NOT_ENOUGH_MEMORY;
  for (size_t i = 0; i < now->count; i++)
    if (catalog_guid_equal(&now->entries[i].info.guid, &edit->guid)) {
      bool this_one = now->entries[i].info.id == edit->entry.info.id;

      memcpy(&infos[count++], this_one ? &edit->entry.info : &now->entries[i].info, sizeof *infos);
    }
  if (update.found != NULL)
    WINSOCK_CALL(
        result, *call,
        winsock__failed(update.install(&guid, (const WCHAR *)edit->entry.path, infos, count, &error), error));
  free(infos);
  return result;
}

static int winsock__remove(const edit_t *edit, size_t view, const char **call)
{
  function_t deinstall = winsock__find(*call = remove_names[view]);
  GUID guid;
  int error = 0, result;

  memcpy(&guid, &edit->guid, sizeof guid);
  if (deinstall.found == NULL)
    return ERROR_PROC_NOT_FOUND;
  WINSOCK_CALL(result, *call, winsock__failed(deinstall.remove(&guid, &error), error));
  return result;
}

static int winsock__reorder(const edit_t *edit, size_t view, const char **call)
{
  function_t order = winsock__find(*call = order_names[view]);
  DWORD *ids = calloc(edit->order_count + 1, sizeof *ids);
  int result = ERROR_PROC_NOT_FOUND;

  if (ids == NULL)
    return WSA_NOT_ENOUGH_MEMORY;
  for (size_t i = 0; i < edit->order_count; i++)
    ids[i] = edit->order[i];
  if (order.found != NULL) /* the one that returns the error itself */
    WINSOCK_CALL(result, *call, order.order(ids, (DWORD)edit->order_count));
  free(ids);
  return result;
}

static int winsock__set_category(const edit_t *edit, size_t view, const char **call)
{
  function_t set = winsock__find(*call = set_info_names[view]);
  DWORD category = WINSOCK_OUR_CATEGORY;
  GUID guid;
  int error = 0, result;

  memcpy(&guid, &edit->guid, sizeof guid);
  if (set.found == NULL)
    return ERROR_PROC_NOT_FOUND;
  WINSOCK_CALL(result, *call,
               winsock__failed(set.set_info(&guid, ProviderInfoLspCategories, (PBYTE)&category,
                                            sizeof category, 0, &error),
                               error));
  return result;
}

int winsock_edit(const edit_t *edit, const catalogs_t *now, const char **call)
{
  size_t view = edit->views == IN_WOW ? VIEW_WOW : VIEW_NATIVE;

  switch (edit->kind) {
  case EDIT_INSTALL:
    return winsock__install(edit, edit->views == IN_BOTH && now->views > 1, call);
  case EDIT_UPDATE:
    return winsock__update(edit, view, &now->view[view], call);
  case EDIT_REMOVE:
    return winsock__remove(edit, view, call);
  case EDIT_ORDER:
    return winsock__reorder(edit, view, call);
  case EDIT_CATEGORY:
    return winsock__set_category(edit, view, call);
  }
  return WSAEINVAL;
}

int winsock_category(size_t view, const catalog_guid_t *guid, uint32_t *categories)
{
  function_t get = winsock__find(get_info_names[view]);
  GUID provider;
  DWORD value = 0;
  size_t size = sizeof value;
  int error = 0;

  memcpy(&provider, guid, sizeof provider);
  *categories = 0;
  if (get.found == NULL)
    return ERROR_PROC_NOT_FOUND;
  int result = winsock__failed(
      get.get_info(&provider, ProviderInfoLspCategories, (PBYTE)&value, &size, 0, &error), error);
  *categories = value;
  return result;
}

int winsock_exclude(const uint16_t *path, uint32_t category, uint32_t *before, uint32_t *after,
                    const char **call)
{
  function_t set = winsock__find(*call = "WSCSetApplicationCategory");
  function_t get = winsock__find("WSCGetApplicationCategory");
  DWORD length = (DWORD)wcslen((const WCHAR *)path), was = 0, is = 0;
  WSADATA data;
  int error = 0, result;

  if (set.found == NULL)
    return ERROR_PROC_NOT_FOUND;
  result = WSAStartup(MAKEWORD(2, 2), &data);
  if (result)
    return result;
  WINSOCK_CALL(result, *call,
               winsock__failed(
                   set.set_application((const WCHAR *)path, length, NULL, 0, category, &was, &error), error));
  *before = was;
  *after = was | category;
  if (!result && get.found != NULL) {
    *call = "WSCGetApplicationCategory";
    result = winsock__failed(get.get_application((const WCHAR *)path, length, NULL, 0, &is, &error), error);
    *after = is;
    if (!result && (is & category) != category)
      result = ERROR_INVALID_DATA;
  }
  WSACleanup();
  return result;
}

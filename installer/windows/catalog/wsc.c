#include "wsc.h"

#include <stdlib.h>
#include <string.h>

#include "fault_injection.h"
#include "ws2_32.h"

_Static_assert(WSC_OUR_CATEGORY == (LSP_FIREWALL | LSP_INSPECTOR), "Winsock's numbers");
_Static_assert(sizeof(catalog_model_guid_t) == sizeof(GUID), "one layout");

typedef int(WSPAPI *enum_t)(LPINT protocols, LPWSAPROTOCOL_INFOW buffer, LPDWORD size, LPINT error);
typedef int(WSPAPI *path_t)(LPGUID provider, WCHAR *path, LPINT length, LPINT error);
typedef int(WSPAPI *install_t)(LPGUID provider, const WCHAR *path, LPWSAPROTOCOL_INFOW infos, DWORD count,
                               LPINT error);
typedef int(WSPAPI *deinstall_t)(LPGUID provider, LPINT error);
typedef int(WSPAPI *order_t)(LPDWORD ids, DWORD count);
typedef int(WSPAPI *set_info_t)(LPGUID provider, WSC_PROVIDER_INFO_TYPE type, PBYTE info, size_t size,
                                DWORD flags, LPINT error);
typedef int(WSPAPI *get_info_t)(LPGUID provider, WSC_PROVIDER_INFO_TYPE type, PBYTE info, size_t *size,
                                DWORD flags, LPINT error);
typedef int(WSPAPI *set_application_t)(LPCWSTR path, DWORD length, LPCWSTR extra, DWORD extra_length,
                                       DWORD categories, DWORD *before, LPINT error);
typedef int(WSPAPI *get_application_t)(LPCWSTR path, DWORD length, LPCWSTR extra, DWORD extra_length,
                                       DWORD *categories, LPINT error);

/* One call: between wsc__begin and wsc__end the caller makes it where `due`, and sets `result` and, through
 * its pointer, `error`. */
typedef struct wsc_call {
  const char *name;
  union {
    FARPROC found;
    enum_t enumerate;
    path_t path;
    install_t install; /* WSCInstallProvider, WSCUpdateProvider and their like */
    deinstall_t deinstall;
    order_t order;
    set_info_t set_info;
    get_info_t get_info;
    set_application_t set_application;
    get_application_t get_application;
  } function;
  GUID provider; /* ws2_32 wants one that may be written to */
  bool due;
  int result, error;
} wsc_call_t;

static wsc_call_t wsc__begin(const char *name, const catalog_model_guid_t *provider)
{
  wsc_call_t call = {.name = name, .result = SOCKET_ERROR, .error = ERROR_PROC_NOT_FOUND};

  if (provider != NULL)
    memcpy(&call.provider, provider, sizeof call.provider);
  call.function.found = ws2_32_find(name);
  if (call.function.found == NULL)
    return call;
  call.error = fault_injection_step(name);
  call.due = call.error == FAULT_NONE;
  if (call.error == FAULT_PRETEND)
    call.result = 0;
  return call;
}

static bool wsc__end(const wsc_call_t *call, call_failure_t *failure)
{
  bool failed = call->result == SOCKET_ERROR;

  *failure = (call_failure_t){call->name, !failed ? 0 : call->error ? call->error : WSASYSCALLFAILURE};
  return !failed;
}

bool wsc_enum_protocols(size_t view, WSAPROTOCOL_INFOW **infos, size_t *count, call_failure_t *failure)
{
  static const char *const names[VIEWS] = {"WSCEnumProtocols", "WSCEnumProtocols32"};
  DWORD size = 0;

  *infos = NULL;
  *count = 0;
  /* Somebody may add entries between two calls. */
  for (;;) {
    wsc_call_t call = wsc__begin(names[view], NULL);

    if (call.due)
      call.result = call.function.enumerate(NULL, *infos, &size, &call.error);
    if (wsc__end(&call, failure)) {
      *count = call.result > 0 ? (size_t)call.result : 0;
      return true;
    }
    WSAPROTOCOL_INFOW *grown = failure->error == WSAENOBUFS ? realloc(*infos, size) : NULL;
    if (grown == NULL) {
      if (failure->error == WSAENOBUFS)
        failure->error = WSA_NOT_ENOUGH_MEMORY;
      free(*infos);
      *infos = NULL;
      return false;
    }
    *infos = grown;
  }
}

bool wsc_get_provider_path(size_t view, const catalog_model_guid_t *provider, WCHAR path[MAX_PATH],
                           call_failure_t *failure)
{
  static const char *const names[VIEWS] = {"WSCGetProviderPath", "WSCGetProviderPath32"};
  wsc_call_t call = wsc__begin(names[view], provider);
  INT length = MAX_PATH;

  memset(path, 0, MAX_PATH * sizeof *path);
  if (call.due)
    call.result = call.function.path(&call.provider, path, &length, &call.error);
  if (call.result != SOCKET_ERROR && !path[0]) {
    call.result = SOCKET_ERROR;
    call.error = ERROR_INVALID_DATA;
  }
  return wsc__end(&call, failure);
}

bool wsc_install_provider(bool both, const catalog_model_guid_t *provider, const WCHAR *path,
                          const WSAPROTOCOL_INFOW *info, call_failure_t *failure)
{
  wsc_call_t call = wsc__begin(both ? "WSCInstallProvider64_32" : "WSCInstallProvider", provider);
  WSAPROTOCOL_INFOW copy = *info;

  if (call.due)
    call.result = call.function.install(&call.provider, path, &copy, 1, &call.error);
  return wsc__end(&call, failure);
}

bool wsc_update_provider(size_t view, const catalog_model_guid_t *provider, const WCHAR *path,
                         WSAPROTOCOL_INFOW *infos, size_t count, call_failure_t *failure)
{
  static const char *const names[VIEWS] = {"WSCUpdateProvider", "WSCUpdateProvider32"};
  wsc_call_t call = wsc__begin(names[view], provider);

  if (call.due)
    call.result = call.function.install(&call.provider, path, infos, (DWORD)count, &call.error);
  return wsc__end(&call, failure);
}

bool wsc_deinstall_provider(size_t view, const catalog_model_guid_t *provider, call_failure_t *failure)
{
  static const char *const names[VIEWS] = {"WSCDeinstallProvider", "WSCDeinstallProvider32"};
  wsc_call_t call = wsc__begin(names[view], provider);

  if (call.due)
    call.result = call.function.deinstall(&call.provider, &call.error);
  return wsc__end(&call, failure);
}

bool wsc_write_provider_order(size_t view, DWORD *ids, size_t count, call_failure_t *failure)
{
  static const char *const names[VIEWS] = {"WSCWriteProviderOrder", "WSCWriteProviderOrder32"};
  wsc_call_t call = wsc__begin(names[view], NULL);

  if (call.due) { /* the one that returns the error itself */
    call.error = call.function.order(ids, (DWORD)count);
    call.result = call.error ? SOCKET_ERROR : 0;
  }
  return wsc__end(&call, failure);
}

bool wsc_set_category(size_t view, const catalog_model_guid_t *provider, DWORD category,
                      call_failure_t *failure)
{
  static const char *const names[VIEWS] = {"WSCSetProviderInfo", "WSCSetProviderInfo32"};
  wsc_call_t call = wsc__begin(names[view], provider);

  if (call.due)
    call.result = call.function.set_info(&call.provider, ProviderInfoLspCategories, (PBYTE)&category,
                                         sizeof category, 0, &call.error);
  return wsc__end(&call, failure);
}

bool wsc_get_category(size_t view, const catalog_model_guid_t *provider, DWORD *category,
                      call_failure_t *failure)
{
  static const char *const names[VIEWS] = {"WSCGetProviderInfo", "WSCGetProviderInfo32"};
  wsc_call_t call = wsc__begin(names[view], provider);
  size_t size = sizeof *category;

  *category = 0;
  if (call.due)
    call.result = call.function.get_info(&call.provider, ProviderInfoLspCategories, (PBYTE)category, &size, 0,
                                         &call.error);
  return wsc__end(&call, failure);
}

bool wsc_set_application_category(const WCHAR *program, DWORD category, DWORD *before,
                                  call_failure_t *failure)
{
  wsc_call_t call = wsc__begin("WSCSetApplicationCategory", NULL);

  *before = 0;
  if (call.due)
    call.result = call.function.set_application(program, (DWORD)wcslen(program), NULL, 0, category, before,
                                                &call.error);
  return wsc__end(&call, failure);
}

bool wsc_get_application_category(const WCHAR *program, DWORD *category, call_failure_t *failure)
{
  wsc_call_t call = wsc__begin("WSCGetApplicationCategory", NULL);

  *category = 0;
  if (call.due)
    call.result =
        call.function.get_application(program, (DWORD)wcslen(program), NULL, 0, category, &call.error);
  return wsc__end(&call, failure);
}

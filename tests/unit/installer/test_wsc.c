/* What a call of ws2_32's fails with is what is reported: its own name, its own error. ws2_32_find is ours
 * here, so that every function can fail as Windows' do: SOCKET_ERROR, and the error through the last
 * parameter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "wsc.h"

#include <stdlib.h>
#include <string.h>

#include "ws2_32.h"

/* What the next calls fail with; whether they are to be had at all; which was asked for last. */
static int error_to_set;
static bool missing;
static char found[64];

static int WSPAPI fail_enum(LPINT protocols, LPWSAPROTOCOL_INFOW buffer, LPDWORD size, LPINT error)
{
  (void)protocols;
  (void)buffer;
  (void)size;
  *error = error_to_set;
  return SOCKET_ERROR;
}

static int WSPAPI fail_path(LPGUID provider, WCHAR *path, LPINT length, LPINT error)
{
  (void)provider;
  (void)path;
  (void)length;
  *error = error_to_set;
  return SOCKET_ERROR;
}

static int WSPAPI fail_install(LPGUID provider, const WCHAR *path, LPWSAPROTOCOL_INFOW infos, DWORD count,
                               LPINT error)
{
  (void)provider;
  (void)path;
  (void)infos;
  (void)count;
  *error = error_to_set;
  return SOCKET_ERROR;
}

static int WSPAPI fail_deinstall(LPGUID provider, LPINT error)
{
  (void)provider;
  *error = error_to_set;
  return SOCKET_ERROR;
}

static int WSPAPI fail_order(LPDWORD ids, DWORD count)
{
  (void)ids;
  (void)count;
  return error_to_set;
}

static int WSPAPI fail_set_info(LPGUID provider, WSC_PROVIDER_INFO_TYPE type, PBYTE info, size_t size,
                                DWORD flags, LPINT error)
{
  (void)provider;
  (void)type;
  (void)info;
  (void)size;
  (void)flags;
  *error = error_to_set;
  return SOCKET_ERROR;
}

static int WSPAPI fail_get_info(LPGUID provider, WSC_PROVIDER_INFO_TYPE type, PBYTE info, size_t *size,
                                DWORD flags, LPINT error)
{
  (void)provider;
  (void)type;
  (void)info;
  (void)size;
  (void)flags;
  *error = error_to_set;
  return SOCKET_ERROR;
}

static int WSPAPI fail_set_application(LPCWSTR path, DWORD length, LPCWSTR extra, DWORD extra_length,
                                       DWORD categories, DWORD *before, LPINT error)
{
  (void)path;
  (void)length;
  (void)extra;
  (void)extra_length;
  (void)categories;
  (void)before;
  *error = error_to_set;
  return SOCKET_ERROR;
}

static int WSPAPI fail_get_application(LPCWSTR path, DWORD length, LPCWSTR extra, DWORD extra_length,
                                       DWORD *categories, LPINT error)
{
  (void)path;
  (void)length;
  (void)extra;
  (void)extra_length;
  (void)categories;
  *error = error_to_set;
  return SOCKET_ERROR;
}

static const struct {
  const char *prefix;
  FARPROC function;
} functions[] = {
    {"WSCEnumProtocols", (FARPROC)(void (*)(void))fail_enum},
    {"WSCGetProviderPath", (FARPROC)(void (*)(void))fail_path},
    {"WSCInstallProvider", (FARPROC)(void (*)(void))fail_install},
    {"WSCUpdateProvider", (FARPROC)(void (*)(void))fail_install},
    {"WSCDeinstallProvider", (FARPROC)(void (*)(void))fail_deinstall},
    {"WSCWriteProviderOrder", (FARPROC)(void (*)(void))fail_order},
    {"WSCSetProviderInfo", (FARPROC)(void (*)(void))fail_set_info},
    {"WSCGetProviderInfo", (FARPROC)(void (*)(void))fail_get_info},
    {"WSCSetApplicationCategory", (FARPROC)(void (*)(void))fail_set_application},
    {"WSCGetApplicationCategory", (FARPROC)(void (*)(void))fail_get_application},
};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

FARPROC ws2_32_find(const char *name)
{
  strcpy(found, name);
  for (size_t i = 0; i < FUNCTIONS && !missing; i++)
    if (strncmp(name, functions[i].prefix, strlen(functions[i].prefix)) == 0)
      return functions[i].function;
  return NULL;
}

/* Makes the call of that place in `functions`, in one view. */
static bool call(size_t which, size_t view, call_failure_t *failure)
{
  static const catalog_model_guid_t provider = {{1, 2, 3}};
  WSAPROTOCOL_INFOW info = {.dwCatalogEntryId = 1}, *infos;
  WCHAR path[MAX_PATH];
  DWORD value = 1;
  size_t count;

  switch (which) {
  case 0:
    return wsc_enum_protocols(view, &infos, &count, failure);
  case 1:
    return wsc_get_provider_path(view, &provider, path, failure);
  case 2:
    return wsc_install_provider(view == VIEW_WOW, &provider, L"x.dll", &info, failure);
  case 3:
    return wsc_update_provider(view, &provider, L"x.dll", &info, 1, failure);
  case 4:
    return wsc_deinstall_provider(view, &provider, failure);
  case 5:
    return wsc_write_provider_order(view, &value, 1, failure);
  case 6:
    return wsc_set_category(view, &provider, value, failure);
  case 7:
    return wsc_get_category(view, &provider, &value, failure);
  case 8:
    return wsc_set_application_category(L"C:\\x.exe", value, &value, failure);
  default:
    return wsc_get_application_category(L"C:\\x.exe", &value, failure);
  }
}

static void every_call_reports_its_own_name_and_error(void **state)
{
  static const int errors[] = {WSANO_RECOVERY, WSAEINVAL, WSAEACCES, WSAEINPROGRESS};
  (void)state;
  for (size_t which = 0; which < FUNCTIONS; which++)
    for (size_t view = 0; view < VIEWS; view++)
      for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        call_failure_t failure = {NULL, 0};

        error_to_set = errors[i];
        assert_false(call(which, view, &failure));
        assert_int_equal(failure.error, errors[i]);
        assert_string_equal(failure.call, found);
        assert_int_equal(strncmp(found, functions[which].prefix, strlen(functions[which].prefix)), 0);
      }
}

static void the_32_bit_catalog_has_functions_of_its_own(void **state)
{
  (void)state;
  error_to_set = WSAEINVAL;
  for (size_t which = 0; which < 8; which++) {
    call_failure_t native, wow;

    call(which, VIEW_NATIVE, &native);
    call(which, VIEW_WOW, &wow);
    assert_string_equal(native.call, functions[which].prefix);
    assert_non_null(strstr(wow.call, "32"));
  }
}

static void a_failure_without_an_error_is_a_failure(void **state)
{
  (void)state;
  error_to_set = 0;
  for (size_t which = 0; which < FUNCTIONS; which++) {
    call_failure_t failure;

    if (which == 5)
      continue; /* WSCWriteProviderOrder returns the error itself */
    assert_false(call(which, VIEW_NATIVE, &failure));
    assert_int_equal(failure.error, WSASYSCALLFAILURE);
  }
}

static void a_function_that_this_windows_lacks(void **state)
{
  (void)state;
  missing = true;
  for (size_t which = 0; which < FUNCTIONS; which++) {
    call_failure_t failure;

    assert_false(call(which, VIEW_NATIVE, &failure));
    assert_int_equal(failure.error, ERROR_PROC_NOT_FOUND);
    assert_string_equal(failure.call, functions[which].prefix);
  }
  missing = false;
}

static void the_text_names_the_error_and_advises(void **state)
{
  call_failure_t failure;
  char text[CALL_FAILURE_TEXT];
  (void)state;
  error_to_set = WSANO_RECOVERY;
  assert_false(call(4, VIEW_NATIVE, &failure));
  call_failure_text(&failure, text);
  assert_int_equal(
      strncmp(text, "WSCDeinstallProvider failed: WSANO_RECOVERY (11003). Winsock cannot write", 73), 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_call_reports_its_own_name_and_error),
      cmocka_unit_test(the_32_bit_catalog_has_functions_of_its_own),
      cmocka_unit_test(a_failure_without_an_error_is_a_failure),
      cmocka_unit_test(a_function_that_this_windows_lacks),
      cmocka_unit_test(the_text_names_the_error_and_advises),
  };

  return cmocka_run_group_tests_name("installer.wsc", tests, NULL, NULL);
}

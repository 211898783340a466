#include "application_category.h"

#include "wsc.h"

static bool application_category__set(const WCHAR *program, DWORD *before, DWORD *after,
                                      call_failure_t *failure)
{
  if (!wsc_set_application_category(program, LSP_SYSTEM, before, failure))
    return false;
  if (!wsc_get_application_category(program, after, failure)) {
    *after = *before | LSP_SYSTEM;
    return failure->error == ERROR_PROC_NOT_FOUND; /* then the call's word has to do */
  }
  if (!(*after & LSP_SYSTEM))
    *failure = (call_failure_t){"WSCSetApplicationCategory", ERROR_INVALID_DATA};
  return *after & LSP_SYSTEM;
}

bool application_category_set_system(const WCHAR *program, DWORD *before, DWORD *after,
                                     call_failure_t *failure)
{
  WSADATA data;
  int error = WSAStartup(MAKEWORD(2, 2), &data);

  if (error) {
    *failure = (call_failure_t){"WSAStartup", error};
    return false;
  }
  bool set = application_category__set(program, before, after, failure);
  WSACleanup();
  return set;
}

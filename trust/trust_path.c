#include "trust_path.h"

#include <stdbool.h>
#include <stdlib.h>
#include <wchar.h>

/* UTF-8 of a path in a report; longer ones are left out of it. */
enum { SHOWN_MAX = MAX_PATH * 4 };

static HANDLE trust_path__open(const wchar_t *path, DWORD more_flags)
{
  return CreateFileW(path, READ_CONTROL | FILE_READ_ATTRIBUTES,
                     FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                     FILE_FLAG_BACKUP_SEMANTICS | more_flags, NULL);
}

static bool trust_path__is_link(HANDLE handle)
{
  BY_HANDLE_FILE_INFORMATION about;

  return !GetFileInformationByHandle(handle, &about) || about.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT;
}

/* In an AppContainer the folders above may be closed to us, those of Windows' own among them. Elsewhere
 * whoever keeps us from reading one has the right to, and that is reason enough not to trust it.
 * TokenIsAppContainer came with Windows 8. */
static bool trust_path__in_app_container(void)
{
  enum { TOKEN_IS_APP_CONTAINER = 29 };
  HANDLE token;
  DWORD is = 0, size;

  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
    return false;
  if (!GetTokenInformation(token, (TOKEN_INFORMATION_CLASS)TOKEN_IS_APP_CONTAINER, &is, sizeof is, &size))
    is = 0;
  CloseHandle(token);
  return is != 0;
}

/* One folder or link on the path; *link is set where it is a link. */
static trust_status_t trust_path__judge_part(const wchar_t *path, bool last, bool *link,
                                             trust_report_t *report)
{
  char shown[SHOWN_MAX] = "";

  WideCharToMultiByte(CP_UTF8, 0, path, -1, shown, sizeof shown - 1, NULL, NULL);
  HANDLE handle = trust_path__open(path, FILE_FLAG_OPEN_REPARSE_POINT);
  if (handle == INVALID_HANDLE_VALUE) {
    DWORD error = GetLastError();

    if (error == ERROR_ACCESS_DENIED && trust_path__in_app_container())
      return TRUST_OK;
    trust_report_problem(report, "cannot read the owner and access list of \"%s\" (error %lu)", shown, error);
    return TRUST_WRITABLE;
  }
  bool linked = trust_path__is_link(handle);
  *link = *link || linked;
  trust_status_t status =
      last && !linked ? TRUST_OK /* the folder itself: judged already, and more strictly */
                      : trust_judge_handle(handle, linked ? TRUST_LINK : TRUST_ANCESTOR, shown, report);
  CloseHandle(handle);
  return status == TRUST_NO_LISTS ? TRUST_OK : status;
}

/* Past what names the volume: "C:\", "\\server\share\", "\\?\C:\", "\\?\UNC\server\share\". */
static wchar_t *trust_path__past_volume(wchar_t *path)
{
  int parts = 1;

  if (wcsncmp(path, L"\\\\?\\UNC\\", 8) == 0)
    path += 8, parts = 2;
  else if (wcsncmp(path, L"\\\\?\\", 4) == 0 || wcsncmp(path, L"\\\\.\\", 4) == 0)
    path += 4;
  else if (path[0] == L'\\' && path[1] == L'\\')
    path += 2, parts = 2;
  for (; *path && parts; path++)
    parts -= *path == L'\\';
  return path;
}

/* Every part from the volume's root to `path`, which is changed meanwhile and left as it was. */
static trust_status_t trust_path__judge_parts(wchar_t *path, bool *link, trust_report_t *report)
{
  wchar_t *end = trust_path__past_volume(path);

  for (;;) {
    wchar_t cut = *end;

    *end = 0;
    trust_status_t status = trust_path__judge_part(path, cut == 0, link, report);
    *end = cut;
    if (status != TRUST_OK || cut == 0)
      return status;
    end += *end == L'\\';
    while (*end && *end != L'\\')
      end++;
  }
}

/* Where a link led, the path to its target is judged too. GetFinalPathNameByHandleW came with Vista, as did
 * links. */
static trust_status_t trust_path__judge_target(HANDLE handle, trust_report_t *report)
{
  typedef DWORD(WINAPI * final_fn)(HANDLE, LPWSTR, DWORD, DWORD);
  final_fn final =
      (final_fn)(void *)GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "GetFinalPathNameByHandleW");
  DWORD room = final != NULL ? final(handle, NULL, 0, 0) : 0;
  wchar_t *path = room ? malloc((room + 1) * sizeof *path) : NULL;
  trust_status_t status = TRUST_WRITABLE;
  bool link = false;

  trust_report_problem(report, "cannot find the target of its link");
  if (path != NULL && final(handle, path, room + 1, 0) <= room)
    status = trust_path__judge_parts(path, &link, report);
  free(path);
  return status;
}

/* UTF-16, with backslashes and none at the end but a root's; NULL, and the last error set, where there is
 * none. */
static wchar_t *trust_path__wide(const char *path)
{
  int room = MultiByteToWideChar(CP_UTF8, 0, path, -1, NULL, 0);
  wchar_t *wide = room > 0 ? malloc(((size_t)room + 1) * sizeof *wide) : NULL;

  if (wide == NULL) {
    SetLastError(room > 0 ? ERROR_NOT_ENOUGH_MEMORY : ERROR_INVALID_NAME);
    return NULL;
  }
  MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, room);
  for (wchar_t *c = wide; *c; c++)
    if (*c == L'/')
      *c = L'\\';
  size_t length = wcslen(wide);
  wide[length++] = L'\\'; /* "C:" is the root */
  wide[length] = 0;
  const size_t least = (size_t)(trust_path__past_volume(wide) - wide);
  while (length > least && wide[length - 1] == L'\\')
    wide[--length] = 0;
  return wide;
}

static trust_status_t trust_path__open_failed(DWORD error)
{
  switch (error) {
  case ERROR_FILE_NOT_FOUND:
  case ERROR_PATH_NOT_FOUND:
  case ERROR_BAD_NETPATH:
  case ERROR_BAD_NET_NAME:
  case ERROR_INVALID_NAME:
    return TRUST_NOT_FOUND;
  default:
    SetLastError(error);
    return TRUST_FAILED;
  }
}

trust_status_t trust_path_judge_folder(const char *path, trust_report_t *report)
{
  bool link = false;
  wchar_t *wide = trust_path__wide(path);

  if (wide == NULL)
    return TRUST_FAILED;
  HANDLE handle = trust_path__open(wide, 0);
  trust_status_t status;
  if (handle == INVALID_HANDLE_VALUE) {
    DWORD error = GetLastError();

    free(wide);
    return trust_path__open_failed(error);
  }
  status = trust_judge_handle(handle, TRUST_FOLDER, path, report);
  if (status == TRUST_OK || status == TRUST_NO_LISTS) {
    trust_status_t way = trust_path__judge_parts(wide, &link, report);

    if (way == TRUST_OK && link)
      way = trust_path__judge_target(handle, report);
    status = way == TRUST_OK ? status : way;
  }
  CloseHandle(handle);
  free(wide);
  return status;
}

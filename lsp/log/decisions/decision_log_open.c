#include "decision_log_open.h"

#include <stdbool.h>
#include <string.h>
#include "settings.h"

enum { PATH_CHARS = SETTINGS_LOG_DIR_CHARS + 40, DENIED_TRIES = 3 };

static WCHAR *log_open__digits(WCHAR *at, DWORD value, int count)
{
  for (int i = count - 1; i >= 0; i--, value /= 10)
    at[i] = (WCHAR)(L'0' + value % 10);
  return at + count;
}

static void log_open__path(WCHAR path[PATH_CHARS], const WCHAR *folder, DWORD day, DWORD number)
{
  wcscpy(path, folder);
  wcscat(path, L"\\sockwarden-");
  WCHAR *at = log_open__digits(path + wcslen(path), day, 8);
  *at++ = L'-';
  at = log_open__digits(at, number, 3);
  wcscpy(at, L".jsonl");
}

/* A mapped network drive: its server may not answer. The target of the name shows it without asking the
 * server. */
static bool log_open__is_local(const WCHAR *folder)
{
  WCHAR drive[] = {folder[0], L':', L'\0'}, target[MAX_PATH] = L"";

  return QueryDosDeviceW(drive, target, MAX_PATH) == 0 || wcsstr(target, L"\\;") == NULL;
}

/* A file of its own that has room. Every process can add files to the folder, and one with more rights than
 * the one that laid a link there must not append to what it leads to. */
DWORD decision_log_check(HANDLE handle)
{
  BY_HANDLE_FILE_INFORMATION about; /* the older of two such calls: ReactOS lacks the other */

  if (!GetFileInformationByHandle(handle, &about))
    return GetLastError();
  if (about.nNumberOfLinks == 0) /* deleted, and only still open */
    return ERROR_DELETE_PENDING;
  if ((about.dwFileAttributes & (FILE_ATTRIBUTE_REPARSE_POINT | FILE_ATTRIBUTE_DIRECTORY)) != 0 ||
      about.nNumberOfLinks > 1)
    return ERROR_ACCESS_DENIED;
  ULONGLONG size = (ULONGLONG)about.nFileSizeHigh << 32 | about.nFileSizeLow;
  return size >= LOG_FILE_BYTES ? ERROR_FILE_TOO_LARGE : 0;
}

/* Only the right to append is asked for: what is written always goes to the end, whoever else writes. */
static DWORD log_open__open(const WCHAR *path, HANDLE *handle)
{
  *handle = CreateFileW(path, FILE_APPEND_DATA | FILE_READ_ATTRIBUTES | SYNCHRONIZE,
                        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS,
                        FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
  if (*handle == INVALID_HANDLE_VALUE)
    return GetLastError();
  DWORD error = decision_log_check(*handle);
  if (error != 0)
    CloseHandle(*handle);
  return error;
}

DWORD decision_log_open(const WCHAR *folder, DWORD day, DWORD *number, HANDLE *handle)
{
  WCHAR path[PATH_CHARS];
  DWORD error = ERROR_FILE_TOO_LARGE;

  if (folder[0] == L'\0' || !log_open__is_local(folder))
    return ERROR_BAD_PATHNAME;
  for (int denied = 0; *number < LOG_FILE_NUMBERS; ++*number) {
    log_open__path(path, folder, day, *number);
    error = log_open__open(path, handle);
    if (error == ERROR_FILE_TOO_LARGE)
      continue;
    /* Somebody's directory, link or deleted file may lie in the way; where all is forbidden, it is soon over.
     */
    if ((error != ERROR_ACCESS_DENIED && error != ERROR_DELETE_PENDING) || ++denied > DENIED_TRIES)
      break;
  }
  return error;
}

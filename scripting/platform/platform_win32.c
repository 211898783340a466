#include "platform.h"

#include <windows.h>

#include "text_cut.h"
#include "trust_path.h"

static platform_status_t platform_win32__status_of(DWORD error)
{
  switch (error) {
  case ERROR_FILE_NOT_FOUND:
  case ERROR_PATH_NOT_FOUND:
  case ERROR_BAD_NETPATH:
  case ERROR_BAD_NET_NAME:
  case ERROR_INVALID_NAME:
    return PLATFORM_NOT_FOUND;
  case ERROR_DIRECTORY:
    return PLATFORM_NOT_A_FOLDER;
  case ERROR_ACCESS_DENIED:
  case ERROR_SHARING_VIOLATION:
  case ERROR_LOCK_VIOLATION:
    return PLATFORM_DENIED;
  case ERROR_NOT_ENOUGH_MEMORY:
  case ERROR_OUTOFMEMORY:
    return PLATFORM_NO_MEMORY;
  default:
    return PLATFORM_FAILED;
  }
}

/* folder\name as UTF-16, from the process heap; longer than MAX_PATH is fine for folders in \\?\ form. */
static wchar_t *platform_win32__wide_path(const char *folder, const char *name)
{
  int folder_length = MultiByteToWideChar(CP_UTF8, 0, folder, -1, NULL, 0);
  int name_length = MultiByteToWideChar(CP_UTF8, 0, name, -1, NULL, 0);

  if (folder_length <= 0 || name_length <= 0)
    return NULL;
  wchar_t *path =
      HeapAlloc(GetProcessHeap(), 0, ((size_t)folder_length + (size_t)name_length + 1) * sizeof *path);
  if (path == NULL)
    return NULL;
  MultiByteToWideChar(CP_UTF8, 0, folder, -1, path, folder_length);
  path[folder_length - 1] = L'\\';
  MultiByteToWideChar(CP_UTF8, 0, name, -1, path + folder_length, name_length);
  return path;
}

static uint64_t platform_win32__file_time(FILETIME time)
{
  return (uint64_t)time.dwHighDateTime << 32 | time.dwLowDateTime;
}

static platform_status_t platform_win32__folder_status(const char *folder)
{
  wchar_t *path = platform_win32__wide_path(folder, "");

  if (path == NULL)
    return PLATFORM_NO_MEMORY;
  size_t length = wcslen(path);
  while (length > 3 && path[length - 1] == L'\\')
    path[--length] = 0;
  DWORD attributes = GetFileAttributesW(path);
  platform_status_t status = attributes == INVALID_FILE_ATTRIBUTES ? platform_win32__status_of(GetLastError())
                             : attributes & FILE_ATTRIBUTE_DIRECTORY ? PLATFORM_OK
                                                                     : PLATFORM_NOT_A_FOLDER;
  HeapFree(GetProcessHeap(), 0, path);
  return status;
}

platform_status_t platform_list_folder(const char *folder,
                                       bool (*visit)(void *context, const platform_entry_t *entry),
                                       void *context)
{
  WIN32_FIND_DATAW found;
  platform_status_t status = platform_win32__folder_status(folder);

  if (status != PLATFORM_OK)
    return status;
  wchar_t *pattern = platform_win32__wide_path(folder, "*");
  if (pattern == NULL)
    return PLATFORM_NO_MEMORY;
  HANDLE search = FindFirstFileW(pattern, &found);
  DWORD error = GetLastError();
  HeapFree(GetProcessHeap(), 0, pattern);
  if (search == INVALID_HANDLE_VALUE)
    return error == ERROR_FILE_NOT_FOUND ? PLATFORM_OK : platform_win32__status_of(error);
  do {
    char name[MAX_PATH * 4];

    if (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)
      continue;
    if (!WideCharToMultiByte(CP_UTF8, 0, found.cFileName, -1, name, sizeof name, NULL, NULL))
      continue;
    platform_entry_t entry = {name, (uint64_t)found.nFileSizeHigh << 32 | found.nFileSizeLow,
                              platform_win32__file_time(found.ftLastWriteTime)};
    if (!visit(context, &entry)) {
      status = PLATFORM_NO_MEMORY;
      break;
    }
  } while (FindNextFileW(search, &found));
  if (status == PLATFORM_OK && GetLastError() != ERROR_NO_MORE_FILES)
    status = platform_win32__status_of(GetLastError());
  FindClose(search);
  return status;
}

static platform_status_t platform_win32__read_handle(HANDLE file, size_t limit, const memory_t *memory,
                                                     char **text, size_t *size)
{
  LARGE_INTEGER length;
  DWORD have = 0, got;

  if (!GetFileSizeEx(file, &length))
    return platform_win32__status_of(GetLastError());
  if ((uint64_t)length.QuadPart > limit)
    return PLATFORM_TOO_LARGE;
  char *block = memory_resize(memory, NULL, (size_t)length.QuadPart + 1);
  if (block == NULL)
    return PLATFORM_NO_MEMORY;
  while (have < (DWORD)length.QuadPart) {
    if (!ReadFile(file, block + have, (DWORD)length.QuadPart - have, &got, NULL)) {
      platform_status_t status = platform_win32__status_of(GetLastError());

      memory_free(memory, block);
      return status;
    }
    if (got == 0)
      break;
    have += got;
  }
  block[have] = 0;
  *text = block;
  *size = have;
  return PLATFORM_OK;
}

static platform_status_t platform_win32__trust_status(trust_status_t status, const trust_report_t *report,
                                                      platform_distrust_t *distrust)
{
  switch (status) {
  case TRUST_OK:
    return PLATFORM_OK;
  case TRUST_NO_LISTS:
    return PLATFORM_NO_ACCESS_LISTS;
  case TRUST_NOT_FOUND:
    return PLATFORM_NOT_FOUND;
  case TRUST_FAILED:
    return platform_win32__status_of(GetLastError());
  case TRUST_WRITABLE:
    break;
  }
  text_copy(distrust->what, sizeof distrust->what, report->what);
  text_copy(distrust->advice, sizeof distrust->advice, report->advice);
  return PLATFORM_UNPROTECTED;
}

platform_status_t platform_judge_folder(const char *path, platform_distrust_t *distrust)
{
  trust_report_t report;

  return platform_win32__trust_status(trust_path_judge_folder(path, &report), &report, distrust);
}

/* A file has the folder's trust where only administrators put files there, but it may lie elsewhere (a link)
 * or have entries of its own: so it is asked itself, by the handle that is read. */
static platform_status_t platform_win32__judge_file(HANDLE file, const char *name, const wchar_t *path,
                                                    platform_distrust_t *distrust)
{
  trust_report_t report;
  char shown[MAX_PATH * 4];

  if (!WideCharToMultiByte(CP_UTF8, 0, path, -1, shown, sizeof shown, NULL, NULL))
    text_copy(shown, sizeof shown, name);
  trust_status_t status = trust_judge_handle(file, TRUST_FILE, shown, &report);
  if (status == TRUST_NO_LISTS)
    return PLATFORM_OK; /* reported once, of the folder */
  return platform_win32__trust_status(status, &report, distrust);
}

platform_status_t platform_read_file(const char *folder, const char *name, size_t limit,
                                     const memory_t *memory, char **text, size_t *size,
                                     platform_distrust_t *distrust)
{
  wchar_t *path = platform_win32__wide_path(folder, name);

  if (path == NULL)
    return PLATFORM_NO_MEMORY;
  /* Sharing everything: an administrator's editor or copy must never find the file in use by us. */
  HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                            OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
  platform_status_t status = file == INVALID_HANDLE_VALUE
                                 ? platform_win32__status_of(GetLastError())
                                 : platform_win32__read_handle(file, limit, memory, text, size);
  if (status == PLATFORM_OK && distrust != NULL) {
    status = platform_win32__judge_file(file, name, path, distrust);
    if (status != PLATFORM_OK && status != PLATFORM_UNPROTECTED) {
      memory_free(memory, *text);
      *text = NULL;
    }
  }
  if (file != INVALID_HANDLE_VALUE)
    CloseHandle(file);
  HeapFree(GetProcessHeap(), 0, path);
  return status;
}

uint32_t platform_milliseconds(void)
{
  return GetTickCount(); /* not everywhere is GetTickCount64: docs/winsock-notes.md 7 */
}

uint64_t platform_file_clock(void)
{
  FILETIME now;

  GetSystemTimeAsFileTime(&now);
  return platform_win32__file_time(now);
}

uint32_t platform_thread(void)
{
  return GetCurrentThreadId() >> 2;
}

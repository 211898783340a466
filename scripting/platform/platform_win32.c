#include "platform.h"

#include <stdio.h>
#include <string.h>

#include "trust.h"

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

/* A file has the folder's trust where only administrators put files there, but it may lie elsewhere (a link)
 * or have entries of its own: so it is asked itself, by the handle that is read. */
static platform_status_t platform_win32__judge_file(HANDLE file, const char *name, const wchar_t *path,
                                                    const memory_t *memory, platform_doubt_t *doubt)
{
  char words[MAX_PATH * 4];

  if (!WideCharToMultiByte(CP_UTF8, 0, path, -1, words, sizeof words, NULL, NULL))
    snprintf(words, sizeof words, "%s", name);
  return trust_of_handle(file, TRUST_FILE, words, memory, doubt);
}

platform_status_t platform_read_file(const char *folder, const char *name, size_t limit,
                                     const memory_t *memory, char **text, size_t *size,
                                     platform_doubt_t *doubt)
{
  wchar_t *path = platform_win32__wide_path(folder, name);

  if (path == NULL)
    return PLATFORM_NO_MEMORY;
  /* Sharing everything: an administrator's editor or copy must never be told that the file is in use by us.
   */
  HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                            OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
  platform_status_t status = file == INVALID_HANDLE_VALUE
                                 ? platform_win32__status_of(GetLastError())
                                 : platform_win32__read_handle(file, limit, memory, text, size);
  if (status == PLATFORM_OK && doubt != NULL) {
    status = platform_win32__judge_file(file, name, path, memory, doubt);
    if (status == PLATFORM_UNGUARDED)
      status = PLATFORM_OK; /* told once, of the folder */
    if (status == PLATFORM_NO_MEMORY) {
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

/* ---- the folder, and the way to it ---- */

static HANDLE platform_win32__open_folder(const wchar_t *path, DWORD more_flags)
{
  return CreateFileW(path, READ_CONTROL | FILE_READ_ATTRIBUTES,
                     FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                     FILE_FLAG_BACKUP_SEMANTICS | more_flags, NULL);
}

static bool platform_win32__is_link(HANDLE handle)
{
  BY_HANDLE_FILE_INFORMATION about;

  return !GetFileInformationByHandle(handle, &about) || about.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT;
}

/* In an AppContainer the folders above may be closed to us, those of Windows' own among them. Elsewhere
 * whoever keeps us from reading one has the right to, and that is reason enough for doubt.
 * TokenIsAppContainer came with Windows 8.
 */
static bool platform_win32__in_app_container(void)
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

/* One step of the way; *link is set where it is a link. */
static platform_status_t platform_win32__judge_step(const wchar_t *path, bool last, bool *link,
                                                    const memory_t *memory, platform_doubt_t *doubt)
{
  char words[MAX_PATH * 4] = "";

  WideCharToMultiByte(CP_UTF8, 0, path, -1, words, sizeof words - 1, NULL, NULL);
  HANDLE handle = platform_win32__open_folder(path, FILE_FLAG_OPEN_REPARSE_POINT);
  if (handle == INVALID_HANDLE_VALUE) {
    DWORD error = GetLastError();

    if (error == ERROR_ACCESS_DENIED && platform_win32__in_app_container())
      return PLATFORM_OK;
    snprintf(doubt->what, sizeof doubt->what, "who can replace \"%s\" cannot be read (error %lu)", words,
             error);
    doubt->remedy[0] = 0;
    return PLATFORM_UNPROTECTED;
  }
  bool linked = platform_win32__is_link(handle);
  *link = *link || linked;
  platform_status_t status =
      last && !linked ? PLATFORM_OK /* the folder itself: judged already, and more strictly */
                      : trust_of_handle(handle, linked ? TRUST_LINK : TRUST_ANCESTOR, words, memory, doubt);
  CloseHandle(handle);
  return status == PLATFORM_UNGUARDED ? PLATFORM_OK : status;
}

/* Past what names the volume: "C:\", "\\server\share\", "\\?\C:\", "\\?\UNC\server\share\". */
static wchar_t *platform_win32__past_volume(wchar_t *path)
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

/* Every folder from the volume's root to `path`, which is changed on the way and left as it was. */
static platform_status_t platform_win32__judge_way(wchar_t *path, bool *link, const memory_t *memory,
                                                   platform_doubt_t *doubt)
{
  wchar_t *end = platform_win32__past_volume(path);
  platform_status_t status = PLATFORM_OK;

  for (;;) {
    wchar_t cut = *end;

    *end = 0;
    status = platform_win32__judge_step(path, cut == 0, link, memory, doubt);
    *end = cut;
    if (status != PLATFORM_OK || cut == 0)
      return status;
    end += *end == L'\\';
    while (*end && *end != L'\\')
      end++;
  }
}

/* Where a link led, the way to its target is judged too. GetFinalPathNameByHandleW came with Vista, as did
 * links. */
static platform_status_t platform_win32__judge_target(HANDLE handle, const memory_t *memory,
                                                      platform_doubt_t *doubt)
{
  typedef DWORD(WINAPI * final_fn)(HANDLE, LPWSTR, DWORD, DWORD);
  final_fn final =
      (final_fn)(void *)GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "GetFinalPathNameByHandleW");
  DWORD room = final != NULL ? final(handle, NULL, 0, 0) : 0;
  wchar_t *path = room ? memory_resize(memory, NULL, (room + 1) * sizeof *path) : NULL;
  platform_status_t status = PLATFORM_UNPROTECTED;
  bool link = false;

  doubt->remedy[0] = 0;
  snprintf(doubt->what, sizeof doubt->what, "where its link leads cannot be found out");
  if (path != NULL && final(handle, path, room + 1, 0) <= room)
    status = platform_win32__judge_way(path, &link, memory, doubt);
  memory_free(memory, path);
  return status;
}

platform_status_t platform_judge_folder(const char *folder, const memory_t *memory, platform_doubt_t *doubt)
{
  bool link = false;
  wchar_t *path = platform_win32__wide_path(folder, "");

  if (path == NULL)
    return PLATFORM_NO_MEMORY;
  for (wchar_t *c = path; *c; c++)
    if (*c == L'/')
      *c = L'\\';
  size_t length = wcslen(path), least = (size_t)(platform_win32__past_volume(path) - path);
  while (length > least && path[length - 1] == L'\\')
    path[--length] = 0;
  doubt->what[0] = doubt->remedy[0] = 0;
  HANDLE handle = platform_win32__open_folder(path, 0);
  platform_status_t status;
  if (handle == INVALID_HANDLE_VALUE) {
    status = platform_win32__status_of(GetLastError());
    goto cleanup_path;
  }
  status = trust_of_handle(handle, TRUST_FOLDER, folder, memory, doubt);
  if (status == PLATFORM_OK || status == PLATFORM_UNGUARDED) {
    platform_status_t way = platform_win32__judge_way(path, &link, memory, doubt);

    if (way == PLATFORM_OK && link)
      way = platform_win32__judge_target(handle, memory, doubt);
    status = way == PLATFORM_OK ? status : way;
  }
  CloseHandle(handle);
cleanup_path:
  HeapFree(GetProcessHeap(), 0, path);
  return status;
}

#include "files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "install_paths.h"
#include "acl.h"
#include "fault_injection.h"

static HANDLE files__open(const WCHAR *path)
{
  return CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                     OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
}

/* Bytes and, where not NULL, how many; freed by the caller. */
static char *files__bytes(const WCHAR *path, DWORD *size)
{
  LARGE_INTEGER length;
  char *bytes = NULL;
  HANDLE file = files__open(path);

  if (file == INVALID_HANDLE_VALUE)
    return NULL;
  if (GetFileSizeEx(file, &length) && length.QuadPart < 64 * 1024 * 1024)
    bytes = malloc((size_t)length.QuadPart + 1);
  if (bytes != NULL &&
      (!ReadFile(file, bytes, (DWORD)length.QuadPart, size, NULL) || *size != length.QuadPart)) {
    free(bytes);
    bytes = NULL;
  }
  if (bytes != NULL)
    bytes[*size] = '\0';
  CloseHandle(file);
  return bytes;
}

char *files_read(const WCHAR *path)
{
  DWORD size = 0;

  return files__bytes(path, &size);
}

DWORD files_write(const WCHAR *path, const char *text)
{
  WCHAR beside[INSTALL_PATH_CHARS];
  DWORD length = (DWORD)strlen(text), written = 0, error = 0;
  int fault = fault_injection_step("WriteFile");

  if (fault)
    return fault == FAULT_PRETEND ? 0 : (DWORD)fault;
  if (wcslen(path) + 5 > INSTALL_PATH_CHARS)
    return ERROR_FILENAME_EXCED_RANGE;
  wcscpy(beside, path);
  wcscat(beside, L".new");
  HANDLE file = CreateFileW(beside, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
  if (file == INVALID_HANDLE_VALUE)
    return GetLastError();
  if (!WriteFile(file, text, length, &written, NULL) || written != length || !FlushFileBuffers(file))
    error = GetLastError() ? GetLastError() : ERROR_WRITE_FAULT;
  CloseHandle(file);
  if (!error && !MoveFileExW(beside, path, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
    error = GetLastError();
  if (error)
    DeleteFileW(beside);
  return error;
}

bool files_exist(const WCHAR *path)
{
  return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
}

bool files_equal(const WCHAR *a, const WCHAR *b)
{
  DWORD a_size = 0, b_size = 0;
  char *a_bytes = files__bytes(a, &a_size), *b_bytes = files__bytes(b, &b_size);
  bool equal =
      a_bytes != NULL && b_bytes != NULL && a_size == b_size && memcmp(a_bytes, b_bytes, a_size) == 0;

  free(a_bytes);
  free(b_bytes);
  return equal;
}

uint16_t files_dll_processor(const WCHAR *path)
{
  uint16_t processor = 0;
  DWORD size = 0;
  char *bytes = files__bytes(path, &size);
  IMAGE_DOS_HEADER dos;
  IMAGE_FILE_HEADER header;

  if (bytes != NULL && size > sizeof dos) {
    memcpy(&dos, bytes, sizeof dos);
    if (dos.e_magic == IMAGE_DOS_SIGNATURE && dos.e_lfanew > 0 &&
        (DWORD)dos.e_lfanew < size - sizeof(DWORD) - sizeof header &&
        memcmp(bytes + dos.e_lfanew, "PE\0", 4) == 0) {
      memcpy(&header, bytes + dos.e_lfanew + 4, sizeof header);
      processor = header.Characteristics & IMAGE_FILE_DLL ? header.Machine : 0;
    }
  }
  free(bytes);
  return processor;
}

static DWORD files__delete(const WCHAR *path)
{
  int fault = fault_injection_step("DeleteFile");

  if (fault)
    return fault == FAULT_PRETEND ? 0 : (DWORD)fault;
  return DeleteFileW(path) ? 0 : GetLastError();
}

/* A loaded DLL cannot be deleted, but renamed; deleting it by its own name at the next start could hit a
 * newer one. */
static DWORD files__rename_away(const WCHAR *path, bool *later)
{
  WCHAR aside[INSTALL_PATH_CHARS];

  if (_snwprintf(aside, INSTALL_PATH_CHARS, L"%ls.%08lx.old", path, GetTickCount() ^ GetCurrentProcessId()) <
      0)
    return ERROR_FILENAME_EXCED_RANGE;
  int fault = fault_injection_step("MoveFileEx");
  if (fault > 0)
    return (DWORD)fault;
  if (!MoveFileExW(path, aside, 0))
    return GetLastError();
  long in_use = 0;
  if (!fault_injection_value("LATER", &in_use) && !files__delete(aside))
    return 0;
  if (!MoveFileExW(aside, NULL, MOVEFILE_DELAY_UNTIL_REBOOT))
    return GetLastError();
  *later = true;
  return 0;
}

DWORD files_remove(const WCHAR *path, bool *later)
{
  DWORD error = files__delete(path);

  if (!error || error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND)
    return 0;
  return files__rename_away(path, later);
}

DWORD files_place_dll(const WCHAR *from, const WCHAR *to, bool *later)
{
  if (files_exist(to)) {
    DWORD error = files_remove(to, later);

    if (error)
      return error;
  }
  int fault = fault_injection_step("CopyFile");
  if (fault)
    return fault == FAULT_PRETEND ? 0 : (DWORD)fault;
  if (!CopyFileW(from, to, TRUE))
    return GetLastError();
  SetFileAttributesW(to, FILE_ATTRIBUTE_NORMAL);
  return acl_apply(to, ACL_DLL);
}

DWORD files_remove_tree(const WCHAR *folder)
{
  WCHAR pattern[INSTALL_PATH_CHARS], path[INSTALL_PATH_CHARS];
  WIN32_FIND_DATAW found;
  DWORD error = 0;
  DWORD attributes = GetFileAttributesW(folder);

  if (attributes == INVALID_FILE_ATTRIBUTES)
    return 0;
  if (!(attributes & FILE_ATTRIBUTE_REPARSE_POINT)) {
    install_paths_join(pattern, folder, L"*");
    HANDLE search = FindFirstFileW(pattern, &found);
    for (BOOL more = search != INVALID_HANDLE_VALUE; more; more = FindNextFileW(search, &found)) {
      if (wcscmp(found.cFileName, L".") == 0 || wcscmp(found.cFileName, L"..") == 0)
        continue;
      install_paths_join(path, folder, found.cFileName);
      bool later = false;
      DWORD failed = found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY ? files_remove_tree(path)
                                                                       : files_remove(path, &later);
      if (failed)
        error = failed;
    }
    if (search != INVALID_HANDLE_VALUE)
      FindClose(search);
  }
  return RemoveDirectoryW(folder) ? error : error ? error : GetLastError();
}

void files_version(const WCHAR *path, char *text, size_t size)
{
  DWORD ignored, length = GetFileVersionInfoSizeW(path, &ignored);
  VS_FIXEDFILEINFO *fixed;
  UINT fixed_length;
  void *block = length ? malloc(length) : NULL;

  text[0] = '\0';
  if (block != NULL && GetFileVersionInfoW(path, 0, length, block) &&
      VerQueryValueW(block, L"\\", (void **)&fixed, &fixed_length) && fixed_length >= sizeof *fixed)
    snprintf(text, size, "%u.%u.%u.%u", HIWORD(fixed->dwFileVersionMS), LOWORD(fixed->dwFileVersionMS),
             HIWORD(fixed->dwFileVersionLS), LOWORD(fixed->dwFileVersionLS));
  free(block);
}

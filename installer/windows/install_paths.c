#include "install_paths.h"

#include "platform_check.h"
#include "program_data.h"

void install_paths_join(WCHAR path[INSTALL_PATH_CHARS], const WCHAR *folder, const WCHAR *name)
{
  if (path != folder)
    lstrcpynW(path, folder, INSTALL_PATH_CHARS);
  size_t length = wcslen(path);
  if (length + wcslen(name) + 2 > INSTALL_PATH_CHARS) {
    path[0] = L'\0'; /* no such file: better than another one */
    return;
  }
  path[length++] = L'\\';
  wcscpy(path + length, name);
}

/* The 32-bit system folder. A 64-bit Windows without 32-bit support (Nano Server, some Wine) has none, yet
 * its 32-bit catalog. */
static bool install_paths__wow64_folder(WCHAR folder[INSTALL_PATH_CHARS])
{
  if (GetSystemWow64DirectoryW(folder, MAX_PATH))
    return true;
  if (!GetWindowsDirectoryW(folder, MAX_PATH))
    return false;
  install_paths_join(folder, folder, L"SysWOW64");
  return true;
}

bool install_paths_find(install_paths_t *paths)
{
  WCHAR folder[INSTALL_PATH_CHARS], program[INSTALL_PATH_CHARS];

  *paths = (install_paths_t){.root = L""};
  DWORD length = GetModuleFileNameW(NULL, program, INSTALL_PATH_CHARS);
  if (!program_data_folder(folder, MAX_PATH) || !length || length >= INSTALL_PATH_CHARS)
    return false;
  install_paths_join(paths->root, folder, L"Sockwarden");
  install_paths_join(paths->policies, paths->root, L"policies");
  install_paths_join(paths->logs, paths->root, L"logs");
  install_paths_join(paths->snapshots, paths->root, L"snapshots");
  install_paths_join(paths->journal, paths->root, L"setup.journal");
  install_paths_join(paths->backup[0], paths->snapshots, L"dll0.before");
  install_paths_join(paths->backup[1], paths->snapshots, L"dll1.before");

  *wcsrchr(program, L'\\') = L'\0';
  install_paths_join(paths->source[0], program, L"sockwarden.dll");
  install_paths_join(paths->source[1], program, L"x86\\sockwarden.dll");
  if (!GetSystemDirectoryW(folder, MAX_PATH))
    return false;
  install_paths_join(paths->dll[0], folder, L"sockwarden.dll");
  if (!platform_check_has_two_catalogs())
    return true;
  if (!install_paths__wow64_folder(folder))
    return false;
  install_paths_join(paths->dll[1], folder, L"sockwarden.dll");
  return true;
}

bool install_paths_full(const char *argument, WCHAR path[INSTALL_PATH_CHARS])
{
  WCHAR wide[INSTALL_PATH_CHARS];

  if (!install_paths_from_text(argument, wide))
    return false;
  DWORD length = GetFullPathNameW(wide, INSTALL_PATH_CHARS, path, NULL);
  if (!length || length >= INSTALL_PATH_CHARS)
    return false;
  while (length > 3 && path[length - 1] == L'\\')
    path[--length] = L'\0';
  return true;
}

const char *install_paths_text(const WCHAR *path, char text[INSTALL_PATH_TEXT])
{
  if (!WideCharToMultiByte(CP_UTF8, 0, path, -1, text, INSTALL_PATH_TEXT, NULL, NULL))
    strcpy(text, "?");
  return text;
}

bool install_paths_from_text(const char *text, WCHAR path[INSTALL_PATH_CHARS])
{
  return MultiByteToWideChar(CP_UTF8, 0, text, -1, path, INSTALL_PATH_CHARS) > 0;
}

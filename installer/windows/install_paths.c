#include "install_paths.h"

#include <stdio.h>
#include <string.h>

#include "platform_check.h"
#include "program_data.h"

void places_join(WCHAR path[PLACE_CHARS], const WCHAR *folder, const WCHAR *name)
{
  if (path != folder)
    lstrcpynW(path, folder, PLACE_CHARS);
  size_t length = wcslen(path);
  if (length + wcslen(name) + 2 > PLACE_CHARS) {
    path[0] = L'\0'; /* no such file: better than another one */
    return;
  }
  path[length++] = L'\\';
  wcscpy(path + length, name);
}

bool places_find(places_t *places)
{
  WCHAR folder[PLACE_CHARS];

  *places = (places_t){.root = L""};
  DWORD length = GetModuleFileNameW(NULL, places->program, PLACE_CHARS);
  if (!program_data_folder(folder, MAX_PATH) || !length || length >= PLACE_CHARS) {
    fprintf(stderr, "sockwarden: the ProgramData folder cannot be found out\n");
    return false;
  }
  places_join(places->root, folder, L"Sockwarden");
  places_join(places->policies, places->root, L"policies");
  places_join(places->logs, places->root, L"logs");
  places_join(places->snapshots, places->root, L"snapshots");
  places_join(places->journal, places->root, L"setup.journal");

  wcscpy(folder, places->program);
  *wcsrchr(folder, L'\\') = L'\0';
  places_join(places->source[0], folder, L"sockwarden.dll");
  places_join(places->source[1], folder, L"x86\\sockwarden.dll");
  if (!GetSystemDirectoryW(folder, MAX_PATH))
    return false;
  places_join(places->dll[0], folder, L"sockwarden.dll");
  if (!machine_has_two_catalogs())
    return true;
  /* A 64-bit Windows without 32-bit support (Nano Server, some Wine) has no such folder, yet its 32-bit
   * catalog. */
  if (!GetSystemWow64DirectoryW(folder, MAX_PATH) &&
      (!GetWindowsDirectoryW(folder, MAX_PATH - 16) || (wcscat(folder, L"\\SysWOW64"), false)))
    return false;
  places_join(places->dll[1], folder, L"sockwarden.dll");
  return true;
}

bool places_full(const char *argument, WCHAR path[PLACE_CHARS])
{
  WCHAR wide[PLACE_CHARS];

  if (!MultiByteToWideChar(CP_UTF8, 0, argument, -1, wide, PLACE_CHARS))
    return false;
  DWORD length = GetFullPathNameW(wide, PLACE_CHARS, path, NULL);
  if (!length || length >= PLACE_CHARS)
    return false;
  while (length > 3 && path[length - 1] == L'\\')
    path[--length] = L'\0';
  return true;
}

const char *places_text(const WCHAR *path, char *text, size_t size)
{
  if (!WideCharToMultiByte(CP_UTF8, 0, path, -1, text, (int)size, NULL, NULL))
    strncpy(text, "?", size);
  return text;
}

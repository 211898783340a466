#include "snapshot_file.h"

#include <stdio.h>
#include <stdlib.h>

#include "files.h"
#include "snapshot.h"

void snapshot_file_name(char name[SNAPSHOT_FILE_NAME])
{
  SYSTEMTIME now;

  GetSystemTime(&now);
  snprintf(name, SNAPSHOT_FILE_NAME, "%04u%02u%02u-%02u%02u%02u-%03u.snapshot", now.wYear, now.wMonth,
           now.wDay, now.wHour, now.wMinute, now.wSecond, now.wMilliseconds);
}

void snapshot_file_path(const install_paths_t *paths, const char *name, WCHAR path[INSTALL_PATH_CHARS])
{
  WCHAR wide[INSTALL_PATH_CHARS];

  if (!install_paths_from_text(name, wide) || wcspbrk(wide, L"\\/:") != NULL)
    wcscpy(wide, L"?");
  install_paths_join(path, paths->snapshots, wide);
}

DWORD snapshot_file_save(const WCHAR *path, const machine_catalogs_t *catalogs)
{
  machine_catalogs_t back;
  char *text = snapshot_write(catalogs);

  if (text == NULL)
    return ERROR_NOT_ENOUGH_MEMORY;
  DWORD error = files_write(path, text);
  free(text);
  if (error)
    return error;
  /* What was written is what repair will read. */
  if (snapshot_file_read(path, &back))
    return ERROR_INVALID_DATA;
  machine_catalogs_free(&back);
  return 0;
}

DWORD snapshot_file_read(const WCHAR *path, machine_catalogs_t *catalogs)
{
  char *text = files_read(path);

  *catalogs = (machine_catalogs_t){.views = 0};
  if (text == NULL)
    return ERROR_FILE_NOT_FOUND;
  bool whole = snapshot_read(text, catalogs);
  free(text);
  return whole ? 0 : ERROR_INVALID_DATA;
}

#include "decision_log_file.h"

#include <stdbool.h>
#include <string.h>
#include "decision_log_lock.h"
#include "decision_log_write.h"
#include "settings.h"

enum { OPEN_FILES = 4, PATH_CHARS = SETTINGS_LOG_DIR_CHARS + 40, DENIED_TRIES = 3, ATTEMPTS = 3 };

/* An open file, and who is writing to it: it is closed when it is not the current one and nobody is. */
typedef struct open_file {
  HANDLE handle; /* NULL: this place is free */
  LONG writers;
} open_file_t;

/* All under decision_log_lock. */
static open_file_t files[OPEN_FILES];
static open_file_t *current; /* of this day and folder; NULL: to be opened */
static WCHAR dir[SETTINGS_LOG_DIR_CHARS];
static LONG dir_changes;
static DWORD day, number; /* of the current file, or of the last one there was */

static DWORD log_file__day(const SYSTEMTIME *now)
{
  return (DWORD)now->wYear * 10000 + (DWORD)now->wMonth * 100 + now->wDay;
}

static WCHAR *log_file__digits(WCHAR *at, DWORD value, int count)
{
  for (int i = count - 1; i >= 0; i--, value /= 10)
    at[i] = (WCHAR)(L'0' + value % 10);
  return at + count;
}

static void log_file__path(WCHAR path[PATH_CHARS], const WCHAR *folder, DWORD date, DWORD count)
{
  wcscpy(path, folder);
  wcscat(path, L"\\sockwarden-");
  WCHAR *at = log_file__digits(path + wcslen(path), date, 8);
  *at++ = L'-';
  at = log_file__digits(at, count, 3);
  wcscpy(at, L".jsonl");
}

/* Under the lock: the handle of a file that nobody needs any more, for the caller to close, or NULL. */
static HANDLE log_file__idle(open_file_t *file)
{
  HANDLE handle = file->handle;

  if (file == current || file->writers > 0)
    return NULL;
  file->handle = NULL;
  return handle;
}

/* Under the lock: no file is the current one from now on. */
static HANDLE log_file__retire(void)
{
  open_file_t *old = current;

  current = NULL;
  return old == NULL ? NULL : log_file__idle(old);
}

static void log_file__close(HANDLE handle)
{
  if (handle != NULL)
    CloseHandle(handle);
}

/* A mapped network drive: its server may not answer. The target of the name shows it without asking the
 * server. */
static bool log_file__is_local(const WCHAR *folder)
{
  WCHAR drive[] = {folder[0], L':', L'\0'}, target[MAX_PATH] = L"";

  return QueryDosDeviceW(drive, target, MAX_PATH) == 0 || wcsstr(target, L"\\;") == NULL;
}

/* Whether records may go there: a file of its own that has room. Every process can add files to the folder,
 * and one with more rights than the one that laid a link there must not append to what it leads to. */
static DWORD log_file__check(HANDLE handle)
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
static DWORD log_file__open(const WCHAR *path, HANDLE *handle)
{
  *handle = CreateFileW(path, FILE_APPEND_DATA | FILE_READ_ATTRIBUTES | SYNCHRONIZE,
                        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS,
                        FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
  if (*handle == INVALID_HANDLE_VALUE)
    return GetLastError();
  DWORD error = log_file__check(*handle);
  if (error != 0)
    CloseHandle(*handle);
  return error;
}

/* The first of the day's files that can be used, from *count on. */
static DWORD log_file__search(const WCHAR *folder, DWORD date, DWORD *count, HANDLE *handle)
{
  WCHAR path[PATH_CHARS];
  DWORD error = ERROR_FILE_TOO_LARGE;

  if (folder[0] == L'\0' || !log_file__is_local(folder))
    return ERROR_BAD_PATHNAME;
  for (int denied = 0; *count < LOG_FILE_NUMBERS; ++*count) {
    log_file__path(path, folder, date, *count);
    error = log_file__open(path, handle);
    if (error == ERROR_FILE_TOO_LARGE)
      continue;
    /* Somebody's directory, link or deleted file may lie in the way; where all is forbidden, it is soon over.
     */
    if ((error != ERROR_ACCESS_DENIED && error != ERROR_DELETE_PENDING) || ++denied > DENIED_TRIES)
      break;
  }
  return error;
}

/* Under the lock: make an opened file the current one. False where another thread was first, the folder is
 * another one by now, or there is no place; *unused is then to be closed. */
static void log_file__install(HANDLE handle, DWORD date, DWORD count, LONG changes, HANDLE *unused,
                              HANDLE *old)
{
  *unused = handle;
  *old = NULL;
  if (changes != dir_changes || (current != NULL && day == date))
    return;
  *old = log_file__retire();
  for (int i = 0; i < OPEN_FILES && *unused != NULL; i++)
    if (files[i].handle == NULL) {
      files[i] = (open_file_t){.handle = handle, .writers = 0};
      current = &files[i];
      day = date;
      number = count;
      *unused = NULL;
    }
}

static DWORD log_file__make_current(DWORD date)
{
  WCHAR folder[SETTINGS_LOG_DIR_CHARS];
  HANDLE handle, unused, old;

  if (!decision_log_lock())
    return ERROR_BUSY;
  wcscpy(folder, dir);
  DWORD count = day == date ? number : 0;
  LONG changes = dir_changes;
  decision_log_unlock();
  DWORD error = log_file__search(folder, date, &count, &handle);
  if (error != 0)
    return error;
  if (!decision_log_lock()) {
    CloseHandle(handle);
    return ERROR_BUSY;
  }
  log_file__install(handle, date, count, changes, &unused, &old);
  decision_log_unlock();
  log_file__close(unused);
  log_file__close(old);
  return 0;
}

/* The file of that day, with this thread as a writer. */
static DWORD log_file__acquire(DWORD date, open_file_t **file)
{
  for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (!decision_log_lock())
      return ERROR_BUSY;
    *file = day == date ? current : NULL;
    if (*file != NULL)
      (*file)->writers++;
    decision_log_unlock();
    if (*file != NULL)
      return 0;
    DWORD error = log_file__make_current(date);
    if (error != 0)
      return error;
  }
  return ERROR_BUSY;
}

/* `useless`: it is full or deleted, and shall not be the current one any more. */
static void log_file__release(open_file_t *file, bool useless)
{
  HANDLE idle = NULL;

  if (!decision_log_lock())
    return; /* it stays open: better than a wait */
  file->writers--;
  if (file == current && useless)
    idle = log_file__retire();
  else
    idle = log_file__idle(file);
  decision_log_unlock();
  log_file__close(idle);
}

DWORD decision_log_file_append(const SYSTEMTIME *now, const char *record, DWORD size)
{
  open_file_t *file;
  DWORD error = ERROR_BUSY;

  for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
    error = log_file__acquire(log_file__day(now), &file);
    if (error != 0)
      return error;
    error = log_file__check(file->handle);
    bool useless = error != 0;
    if (!useless)
      error = decision_log_write(file->handle, record, size);
    log_file__release(file, useless);
    if (!useless)
      return error;
  }
  return error;
}

void decision_log_file_use(const WCHAR *folder)
{
  HANDLE idle = NULL;

  if (!decision_log_lock())
    return;
  if (wcscmp(folder, dir) != 0) {
    wcscpy(dir, folder);
    dir_changes++;
    day = 0;
    idle = log_file__retire();
  }
  decision_log_unlock();
  log_file__close(idle);
}

void decision_log_file_close(void)
{
  HANDLE idle;

  if (!decision_log_lock())
    return;
  idle = log_file__retire();
  decision_log_unlock();
  log_file__close(idle);
}

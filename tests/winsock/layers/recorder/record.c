#include "record.h"

#include "kind.h"
#include "layer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static record_watch_fn volatile watcher;

void CALLBACK RecordWatch(record_watch_fn watch)
{
  watcher = watch;
}

BOOL record_watched(void)
{
  return watcher != NULL;
}

static void append(record_t *record, const char *format, ...)
{
  va_list arguments;

  va_start(arguments, format);
  int length = vsnprintf(record->line + record->used, sizeof record->line - record->used, format, arguments);
  va_end(arguments);
  /* Room for the end of the line stays. */
  if (length > 0 && record->used + (size_t)length < sizeof record->line - 2)
    record->used += (size_t)length;
}

static BOOL CALLBACK find_name(PINIT_ONCE once, PVOID parameter, PVOID *context)
{
  static char name[MAX_PATH];

  (void)once;
  (void)parameter;
  char path[MAX_PATH];
  GetModuleFileNameA(layer_module(), path, sizeof path);
  const char *file = strrchr(path, '\\');
  strcpy(name, file != NULL ? file + 1 : path);
  char *dot = strrchr(name, '.');
  if (dot != NULL)
    *dot = '\0';
  *context = name;
  return TRUE;
}

const char *record_layer(void)
{
  static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
  void *name = NULL;

  InitOnceExecuteOnce(&once, find_name, NULL, &name);
  return name;
}

static void begin(record_t *record, const chain_t *chain, const char *call, const char *phase)
{
  static volatile LONG lines;

  record->used = 0;
  append(record, "{\"n\":%ld,\"layer\":\"%s\",\"kind\":\"%s\",\"pid\":%lu,\"tid\":%lu",
         InterlockedIncrement(&lines), record_layer(), kind_name, GetCurrentProcessId(),
         GetCurrentThreadId());
  if (chain != NULL)
    append(record, ",\"chain\":%lu,\"own\":%lu", chain->info.dwCatalogEntryId, chain->own_id);
  append(record, ",\"call\":\"%s\",\"phase\":\"%s\"", call, phase);
}

void record_enter(record_t *record, const chain_t *chain, const char *call)
{
  begin(record, chain, call, "enter");
}

void record_leave(record_t *record, const chain_t *chain, const char *call)
{
  begin(record, chain, call, "leave");
}

void record_number(record_t *record, const char *name, long long value)
{
  append(record, ",\"%s\":%lld", name, value);
}

void record_bytes(record_t *record, const char *name, const void *bytes, size_t size)
{
  static const char digits[] = "0123456789abcdef";

  if (bytes == NULL) {
    append(record, ",\"%s\":null", name);
    return;
  }
  append(record, ",\"%s\":\"", name);
  if (record->used + 2 * size + 3 < sizeof record->line) {
    for (size_t i = 0; i < size; i++) {
      unsigned char byte = ((const unsigned char *)bytes)[i];

      record->line[record->used++] = digits[byte >> 4];
      record->line[record->used++] = digits[byte & 15];
    }
  }
  append(record, "\"");
}

void record_info(record_t *record, const WSAPROTOCOL_INFOW *info)
{
  record_bytes(record, "info", info, sizeof *info);
}

void record_result(record_t *record, int error)
{
  record_number(record, "error", error);
}

void record_socket(record_t *record, SOCKET socket, SOCKET below, int error)
{
  record_number(record, "socket", (long long)socket);
  record_number(record, "below", (long long)below);
  record_result(record, error);
}

void record_end(record_t *record)
{
  DWORD last_error = GetLastError(), written;
  char path[MAX_PATH];
  record_watch_fn watch = watcher;

  if (watch != NULL) {
    record->line[record->used] = '}';
    record->line[record->used + 1] = '\0';
    watch(record->line);
  }
  DWORD length = GetEnvironmentVariableA("RECORD_FILE", path, sizeof path);
  if (length && length < sizeof path) {
    /* FILE_APPEND_DATA alone: each write goes to the end, whoever else writes. */
    HANDLE file = CreateFileA(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                              NULL, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);

    if (file != INVALID_HANDLE_VALUE) {
      record->line[record->used++] = '}';
      record->line[record->used++] = '\n';
      WriteFile(file, record->line, (DWORD)record->used, &written, NULL);
      CloseHandle(file);
    }
  }
  SetLastError(last_error);
}

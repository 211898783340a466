#include "fake_host.h"

#include <stdlib.h>
#include <string.h>
#include "decision_log_write.h"
#include "dll_main.h"
#include "event_log_send.h"
#include "log_clock.h"

fake_host_t fake_host;

static volatile LONG blocks;
static LONG blocks_before; /* cmocka's own */
static bool in_thread_locals;
static long fail_after = -1;

void fake_host_reset(void)
{
  memset(&fake_host, 0, sizeof fake_host);
  fake_host.day = 1;
  heap_fail_after(-1);
  blocks_before = blocks;
}

HINSTANCE dll_instance(void)
{
  return NULL;
}

bool dll_process_exiting(void)
{
  return fake_host.exiting;
}

DWORD log_clock_tick(void)
{
  return fake_host.tick;
}

void log_clock_time(SYSTEMTIME *now)
{
  *now = (SYSTEMTIME){.wYear = 2026,
                      .wMonth = 2,
                      .wDay = fake_host.day,
                      .wHour = 3,
                      .wMinute = 4,
                      .wSecond = 5,
                      .wMilliseconds = 67};
}

static bool fake_host__is_impersonating(void)
{
  HANDLE token;

  if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token))
    return false;
  CloseHandle(token);
  return true;
}

DWORD decision_log_write(HANDLE file, const char *bytes, DWORD size)
{
  DWORD flags = HANDLE_FLAG_INHERIT, written = 0;

  InterlockedIncrement(&fake_host.appends);
  fake_host.append_impersonating |= fake_host__is_impersonating();
  GetHandleInformation(file, &flags);
  fake_host.append_inheritable |= (flags & HANDLE_FLAG_INHERIT) != 0;
  if (fake_host.disk_error != 0)
    return fake_host.disk_error;
  return WriteFile(file, bytes, size, &written, NULL) && written == size ? 0 : ERROR_DISK_FULL;
}

bool event_log_send(WORD type, DWORD id, LPCWSTR *strings, WORD count)
{
  fake_host.tick += fake_host.event_takes_ms;
  if (fake_host.in_event != NULL)
    fake_host.in_event();
  if (fake_host.no_event_service)
    return false;
  fake_host.events++;
  fake_host.event_type = type;
  fake_host.event_id = id;
  memset(fake_host.event_strings, 0, sizeof fake_host.event_strings);
  for (WORD i = 0; i < count; i++)
    wcsncpy(fake_host.event_strings[i], strings[i], 511);
  return true;
}

void event_log_close(void) {}

static SOCKET fake_host__modify(DWORD id, SOCKET s, LPINT error)
{
  fake_host.modified_id = id;
  fake_host.modified = s;
  if (fake_host.in_modify != NULL)
    fake_host.in_modify();
  if (fake_host.modify_error_unset)
    return INVALID_SOCKET;
  *error = fake_host.modify_error;
  return fake_host.modify_error != 0 ? INVALID_SOCKET : s + fake_host.modify_adds;
}

static SOCKET WSPAPI fake_host__first_modify(DWORD id, SOCKET s, LPINT error)
{
  fake_host.modifies++;
  return fake_host__modify(id, s, error);
}

static SOCKET WSPAPI fake_host__second_modify(DWORD id, SOCKET s, LPINT error)
{
  fake_host.modifies_second++;
  return fake_host__modify(id, s, error);
}

static WSPUPCALLTABLE fake_host__upcalls(UINT_PTR seed, LPWPUMODIFYIFSHANDLE modify)
{
  WSPUPCALLTABLE table;
  void **entries = (void **)&table;

  for (size_t i = 0; i < sizeof table / sizeof entries[0]; i++)
    entries[i] = (void *)(seed + i);
  table.lpWPUModifyIFSHandle = modify;
  return table;
}

WSPUPCALLTABLE fake_host_upcalls(void)
{
  return fake_host__upcalls(0x2000, fake_host__first_modify);
}

WSPUPCALLTABLE fake_host_second_upcalls(void)
{
  return fake_host__upcalls(0x3000, fake_host__second_modify);
}

/* The linker sends our code's calls here (-Wl,--wrap). */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
void *__real___emutls_get_address(void *object);
void *__wrap___emutls_get_address(void *object);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);

long heap_blocks(void)
{
  return blocks - blocks_before;
}

void heap_fail_after(long count)
{
  fail_after = count;
}

bool heap_failed(void)
{
  return fail_after < 0;
}

static void *heap__count(void *block)
{
  if (block != NULL && !in_thread_locals)
    InterlockedIncrement(&blocks);
  return block;
}

static bool heap__fails(void)
{
  return fail_after >= 0 && fail_after-- == 0;
}

/* The compiler's own: thread-local variables, cmocka's, get their memory when first touched and keep it. */
void *__wrap___emutls_get_address(void *object)
{
  in_thread_locals = true;
  void *address = __real___emutls_get_address(object);
  in_thread_locals = false;
  return address;
}

void *__wrap_malloc(size_t size)
{
  return heap__fails() ? NULL : heap__count(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
  return heap__fails() ? NULL : heap__count(__real_calloc(count, size));
}

void *__wrap_realloc(void *block, size_t size)
{
  if (heap__fails())
    return NULL;
  return block == NULL ? heap__count(__real_realloc(block, size)) : __real_realloc(block, size);
}

void __wrap_free(void *block)
{
  if (block != NULL)
    InterlockedDecrement(&blocks);
  __real_free(block);
}

#include "handles.h"

#include <stdlib.h>

#define BUCKETS 1024

typedef struct handle {
  struct handle *next;
  SOCKET socket;
  entry_t *owner;
  BOOL made; /* by handles_make; only then: */
  DWORD_PTR context;
  HANDLE port;
  ULONG_PTR key;
} handle_t;

static handle_t *buckets[BUCKETS];
static SRWLOCK lock = SRWLOCK_INIT;

/* The place that points to the handle, or to the NULL at the end of its bucket. */
static handle_t **find(SOCKET socket)
{
  /* Handles are multiples of four. */
  handle_t **place = buckets + (socket >> 2) % BUCKETS;

  while (*place != NULL && (*place)->socket != socket)
    place = &(*place)->next;
  return place;
}

static int add(handle_t **place, SOCKET socket)
{
  *place = calloc(1, sizeof **place);
  if (*place == NULL)
    return WSAENOBUFS;
  (*place)->socket = socket;
  return 0;
}

static void release(handle_t *handle)
{
  if (handle->port != NULL)
    CloseHandle(handle->port);
  if (handle->made)
    CloseHandle((HANDLE)handle->socket);
  free(handle);
}

int handles_note(SOCKET socket, entry_t *owner)
{
  int error = 0;

  AcquireSRWLockExclusive(&lock);
  handle_t **place = find(socket);
  if (*place == NULL)
    error = add(place, socket);
  else if ((*place)->made)
    error = WSAEINVAL;
  if (!error)
    (*place)->owner = owner;
  ReleaseSRWLockExclusive(&lock);
  return error;
}

entry_t *handles_owner(SOCKET socket)
{
  AcquireSRWLockShared(&lock);
  handle_t *handle = *find(socket);
  entry_t *owner = handle != NULL ? handle->owner : NULL;
  ReleaseSRWLockShared(&lock);
  return owner;
}

/* Takes the handle out of the table if it is of that sort. */
static handle_t *take(SOCKET socket, BOOL made)
{
  AcquireSRWLockExclusive(&lock);
  handle_t **place = find(socket), *handle = *place;
  if (handle != NULL && handle->made == made)
    *place = handle->next;
  else
    handle = NULL;
  ReleaseSRWLockExclusive(&lock);
  return handle;
}

entry_t *handles_forget(SOCKET socket)
{
  handle_t *handle = take(socket, FALSE);
  entry_t *owner = handle != NULL ? handle->owner : NULL;

  free(handle);
  return owner;
}

int handles_make(entry_t *owner, DWORD_PTR context, SOCKET *socket)
{
  /* Any file does that a completion port can be asked to serve. No right to read or write: ws2_32 would
   * redirect ReadFile and WriteFile to the provider, which this cannot, and they must not seem to work. */
  HANDLE file = CreateFileW(L"NUL", FILE_READ_ATTRIBUTES | SYNCHRONIZE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                            NULL, OPEN_EXISTING, FILE_FLAG_OVERLAPPED, NULL);

  if (file == INVALID_HANDLE_VALUE)
    return WSAENOBUFS;
  AcquireSRWLockExclusive(&lock);
  handle_t **place = find((SOCKET)file);
  /* What stands here was closed behind our back: the system gave its handle out again. */
  int error = *place != NULL ? 0 : add(place, (SOCKET)file);
  if (!error) {
    (*place)->owner = owner;
    (*place)->made = TRUE;
    (*place)->context = context;
  }
  ReleaseSRWLockExclusive(&lock);
  if (error)
    CloseHandle(file);
  else
    *socket = (SOCKET)file;
  return error;
}

BOOL handles_unmake(SOCKET socket)
{
  handle_t *handle = take(socket, TRUE);

  if (handle != NULL)
    release(handle);
  return handle != NULL;
}

BOOL handles_context(SOCKET socket, DWORD_PTR *context)
{
  AcquireSRWLockShared(&lock);
  handle_t *handle = *find(socket);
  BOOL made = handle != NULL && handle->made;
  if (made)
    *context = handle->context;
  ReleaseSRWLockShared(&lock);
  return made;
}

BOOL handles_tie(SOCKET socket, HANDLE port, ULONG_PTR key)
{
  AcquireSRWLockExclusive(&lock);
  handle_t *handle = *find(socket);
  BOOL tied = handle != NULL && handle->made && handle->port == NULL &&
              DuplicateHandle(GetCurrentProcess(), port, GetCurrentProcess(), &handle->port, 0, FALSE,
                              DUPLICATE_SAME_ACCESS);
  if (tied)
    handle->key = key;
  ReleaseSRWLockExclusive(&lock);
  return tied;
}

BOOL handles_with_port(SOCKET socket, void (*post)(HANDLE port, ULONG_PTR key, void *argument),
                       void *argument)
{
  AcquireSRWLockShared(&lock);
  handle_t *handle = *find(socket);
  BOOL made = handle != NULL && handle->made;
  if (made)
    post(handle->port, handle->key, argument);
  ReleaseSRWLockShared(&lock);
  return made;
}

DWORD handles_count(void)
{
  DWORD count = 0, flags;

  AcquireSRWLockShared(&lock);
  for (int i = 0; i < BUCKETS; i++) {
    for (const handle_t *handle = buckets[i]; handle != NULL; handle = handle->next)
      count += GetHandleInformation((HANDLE)handle->socket, &flags) != 0;
  }
  ReleaseSRWLockShared(&lock);
  return count;
}

void handles_forget_all(void)
{
  AcquireSRWLockExclusive(&lock);
  for (int i = 0; i < BUCKETS; i++) {
    while (buckets[i] != NULL) {
      handle_t *handle = buckets[i];

      buckets[i] = handle->next;
      release(handle);
    }
  }
  ReleaseSRWLockExclusive(&lock);
}

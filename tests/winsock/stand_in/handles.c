#include "handles.h"

#include <stdlib.h>

#define BUCKETS 1024

typedef struct handle {
  struct handle *next;
  SOCKET socket;
  entry_t *owner;
} handle_t;

static handle_t *buckets[BUCKETS];
static SRWLOCK lock = SRWLOCK_INIT;

/* The place that points to the handle, or to the NULL at the end of its bucket. */
static handle_t **find(SOCKET socket)
{
  /* Handles are multiples of four. */
  handle_t **place = buckets + (socket >> 2) % BUCKETS;
  while (*place && (*place)->socket != socket)
    place = &(*place)->next;
  return place;
}

int handles_note(SOCKET socket, entry_t *owner)
{
  int error = 0;
  AcquireSRWLockExclusive(&lock);
  handle_t **place = find(socket);
  if (!*place) {
    *place = calloc(1, sizeof **place);
    if (!*place)
      error = WSAENOBUFS;
  }
  if (!error) {
    (*place)->socket = socket;
    (*place)->owner = owner;
  }
  ReleaseSRWLockExclusive(&lock);
  return error;
}

entry_t *handles_owner(SOCKET socket)
{
  AcquireSRWLockShared(&lock);
  handle_t *handle = *find(socket);
  entry_t *owner = handle ? handle->owner : NULL;
  ReleaseSRWLockShared(&lock);
  return owner;
}

entry_t *handles_forget(SOCKET socket)
{
  AcquireSRWLockExclusive(&lock);
  handle_t **place = find(socket);
  handle_t *handle = *place;
  entry_t *owner = NULL;
  if (handle) {
    owner = handle->owner;
    *place = handle->next;
  }
  ReleaseSRWLockExclusive(&lock);
  free(handle);
  return owner;
}

void handles_forget_all(void)
{
  AcquireSRWLockExclusive(&lock);
  for (int i = 0; i < BUCKETS; i++) {
    while (buckets[i]) {
      handle_t *handle = buckets[i];
      buckets[i] = handle->next;
      free(handle);
    }
  }
  ReleaseSRWLockExclusive(&lock);
}

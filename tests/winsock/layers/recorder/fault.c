#include "fault.h"

#include "record.h"

#include <stdio.h>
#include <string.h>

#define ORDERS_MAX 16

/* Under the lock. */
static char orders[1024];
static LONG calls[ORDERS_MAX]; /* of the function that the order names */
static SRWLOCK lock = SRWLOCK_INIT;

static BOOL due(const char *call, int *value)
{
  const char *order = orders;

  for (int i = 0; i < ORDERS_MAX && order != NULL; i++) {
    char layer[32], function[32];
    int wanted;
    LONG from = 1;

    if (sscanf(order, " %31s %31s %i %ld", layer, function, &wanted, &from) >= 3 &&
        strcmp(layer, record_layer()) == 0 && strcmp(function, call) == 0 && ++calls[i] >= from) {
      *value = wanted;
      return TRUE;
    }
    order = strchr(order, ';');
    if (order != NULL)
      order++;
  }
  return FALSE;
}

BOOL fault_due(const char *call, int *value)
{
  char now[sizeof orders];
  DWORD last_error = GetLastError();
  DWORD length = GetEnvironmentVariableA("RECORD_FAIL", now, sizeof now);

  if (!length || length >= sizeof now)
    now[0] = '\0';
  AcquireSRWLockExclusive(&lock);
  if (strcmp(now, orders) != 0) {
    strcpy(orders, now);
    memset(calls, 0, sizeof calls);
  }
  BOOL result = due(call, value);
  ReleaseSRWLockExclusive(&lock);
  SetLastError(last_error);
  return result;
}

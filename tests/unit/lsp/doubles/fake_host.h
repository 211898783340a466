/*
 * fake_host.h - ws2_32 as our WSPStartup and our socket functions see it: upcalls, the loader's reasons, and
 * memory that is counted.
 */
#ifndef FAKE_HOST_H
#define FAKE_HOST_H

#include <stdbool.h>
#include "winsock.h"

typedef struct fake_host {
  INT modify_error;        /* WPUModifyIFSHandle fails with it */
  bool modify_error_unset; /* it fails and sets no error */
  SOCKET modify_adds;      /* added to the handle it returns */
  void (*in_modify)(void); /* called inside it */
  bool exiting;            /* the process is ending */
  DWORD tick;              /* the clock of both logs, ms */
  WORD day;                /* of February 2026, five past 3:04 */
  DWORD disk_error;        /* the disk that the log is on fails with it */
  bool no_event_service;   /* it takes none */
  DWORD event_takes_ms;    /* it takes so long */

  void (*in_event)(void); /* called while one is written */

  volatile LONG appends;     /* to the decision log, tried */
  bool append_impersonating; /* one was made while the thread impersonated */
  bool append_inheritable;   /* one was made to a handle that children inherit */
  int events;                /* written */
  WORD event_type;
  DWORD event_id;
  WCHAR event_strings[6][512];

  int modifies, modifies_second; /* calls through the first and the second upcall table */
  DWORD modified_id;
  SOCKET modified;
} fake_host_t;

extern fake_host_t fake_host;

void fake_host_reset(void);

/* Two upcall tables that differ in every function. */
WSPUPCALLTABLE fake_host_upcalls(void);
WSPUPCALLTABLE fake_host_second_upcalls(void);

/* Blocks of memory taken since fake_host_reset and not given back. */
long heap_blocks(void);

/* The allocation after `count` more of them fails, once; -1: none does. */
void heap_fail_after(long count);

/* Whether it came to that allocation. */
bool heap_failed(void);

#endif

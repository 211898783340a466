/* What ws2_32 keeps for each thread. */
#ifndef SOCKWARDEN_TESTS_THREAD_H
#define SOCKWARDEN_TESTS_THREAD_H

#include <winsock2.h>
#include <ws2spi.h>

typedef struct thread {
  WSATHREADID id; /* handed to providers with overlapped calls, for WPUQueueApc */
  int open_type;  /* SO_OPENTYPE: nonzero makes socket() create sockets without the overlapped attribute */
} thread_t;

/* This thread's; NULL where memory is short. */
thread_t *thread_current(void);

#endif

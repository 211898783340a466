/* What WSAStartup sets up in a process: the snapshot of the catalog that the process works with until its
 * last WSACleanup ("Running processes do not see catalog changes"), under the catalog lock. */
#ifndef SOCKWARDEN_TESTS_PROCESS_H
#define SOCKWARDEN_TESTS_PROCESS_H

#include "catalog.h"

typedef struct provider provider_t;

/* A catalog entry of this process. Lives until the last WSACleanup. */
typedef struct entry {
  WSAPROTOCOL_INFOW info;
  char path[MAX_PATH];
  provider_t *provider; /* NULL until the provider is started */
} entry_t;

/* Recursive, as in ws2_32: WSPStartup runs under it and may call WPUModifyIFSHandle, which takes it again. */
void process_lock(void);
void process_unlock(void);

/* TRUE between the first WSAStartup and the last WSACleanup; otherwise sets WSANOTINITIALISED. */
BOOL process_started(void);

/* The entries in catalog order; under the lock. */
entry_t *process_entries(DWORD *count);
entry_t *process_find_id(DWORD id);
entry_t *process_find_family(int family);

#endif

/*
 * upcalls.h - the most recent upcall table, the only one a provider may use (Microsoft, "Initialization").
 */
#ifndef SOCKWARDEN_LSP_UPCALLS_H
#define SOCKWARDEN_LSP_UPCALLS_H

#include "winsock.h"

/* Under the startup lock: use this table from now on; forget it. */
void upcalls_use(const WSPUPCALLTABLE *table);
void upcalls_forget(void);

/* A copy of the table. Takes the startup lock. */
WSPUPCALLTABLE upcalls_latest(void);

/* Its WPUModifyIFSHandle, or NULL where the provider is not started. Takes no lock. */
LPWPUMODIFYIFSHANDLE upcalls_modify_ifs_handle(void);

#endif

/*
 * decision_log_disk.h - the one call that writes a record. Apart, so that tests can have a full disk.
 */
#ifndef SOCKWARDEN_LSP_DECISION_LOG_DISK_H
#define SOCKWARDEN_LSP_DECISION_LOG_DISK_H

#include "winsock.h"

/* All of it in one write. 0 or the error. */
DWORD decision_log_disk_append(HANDLE file, const char *bytes, DWORD size);

#endif

/*
 * decision_log_open.h - a day's log files: sockwarden-20261122-000.jsonl in LogDir, by day (UTC) and number.
 * Any number of processes append to them; none can list, rename or rewrite, so each tries the numbers itself,
 * and all come to the same one. No state; any thread.
 */
#ifndef SOCKWARDEN_LSP_DECISION_LOG_OPEN_H
#define SOCKWARDEN_LSP_DECISION_LOG_OPEN_H

#include "winsock.h"

/* A day's files, and the size at which the next one is begun: 1 GiB a day at most. */
enum { LOG_FILE_NUMBERS = 64, LOG_FILE_BYTES = 16 * 1024 * 1024 };

/* Open the first of the day's files that can be used, from *number on, which receives its number. `day` is
 * 20261122. 0 and *handle, which the caller closes, or the error. */
DWORD decision_log_open(const WCHAR *folder, DWORD day, DWORD *number, HANDLE *handle);

/* Whether records may go to an open file: 0, or the error that says why not. */
DWORD decision_log_check(HANDLE handle);

#endif

/*
 * decision_log_file.h - the file that records go to: sockwarden-20261122-000.jsonl in LogDir, by day (UTC)
 * and number. Any number of processes append to it; none can list, rename or rewrite, so each tries the
 * numbers itself, and all come to the same one.
 */
#ifndef SOCKWARDEN_LSP_DECISION_LOG_FILE_H
#define SOCKWARDEN_LSP_DECISION_LOG_FILE_H

#include "winsock.h"

/* A day's files, and the size at which the next one is begun: 1 GiB a day at most. */
enum { LOG_FILE_NUMBERS = 64, LOG_FILE_BYTES = 16 * 1024 * 1024 };

/* Write to this folder from now on. */
void decision_log_file_use(const WCHAR *folder);

/* Append one record. 0 or the error; nothing is retried. Any thread; the caller sees to it that it does not
 * impersonate. */
DWORD decision_log_file_append(const SYSTEMTIME *now, const char *record, DWORD size);

/* Close what is open; a later append opens anew. */
void decision_log_file_close(void);

#endif

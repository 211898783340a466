/*
 * decision_log_file.h - the file that records go to just now (decision_log_open.h): opened once a day, folder
 * and size, shared by this process's threads.
 */
#ifndef SOCKWARDEN_LSP_DECISION_LOG_FILE_H
#define SOCKWARDEN_LSP_DECISION_LOG_FILE_H

#include "winsock.h"

/* Write to this folder from now on. */
void decision_log_file_use(const WCHAR *folder);

/* Append one record. 0 or the error; nothing is retried. Any thread; the caller sees to it that it does not
 * impersonate. */
DWORD decision_log_file_append(const SYSTEMTIME *now, const char *record, DWORD size);

/* Close what is open; a later append opens anew. */
void decision_log_file_close(void);

#endif

/*
 * decision_log_write.h - one record at the end of a file that others write to at the same time. Apart, so
 * that tests can have a full disk.
 */
#ifndef SOCKWARDEN_LSP_DECISION_LOG_WRITE_H
#define SOCKWARDEN_LSP_DECISION_LOG_WRITE_H

#include "winsock.h"

/* All of it in one write. `file` was opened with FILE_APPEND_DATA and without FILE_WRITE_DATA: the file
 * system itself then puts the bytes at the end (Microsoft, NtCreateFile), so records of any number of
 * processes stay whole without a lock. 0 or the error. */
DWORD decision_log_write(HANDLE file, const char *bytes, DWORD size);

#endif

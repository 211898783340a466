/* Running the command, and saying how a case went. */
#ifndef PROOF_RUN_H
#define PROOF_RUN_H

#include <winsock2.h>
#include <windows.h>

/* Runs `program` with these arguments and returns its exit status; what it printed is in run_output until the
 * next run. */
DWORD run(const char *program, const char *arguments);
extern char run_output[65536];
BOOL said(const char *text);

/* The next runs' environment: a fault's variable without its SOCKWARDEN_TEST_, or all of them gone. */
void fault_set(const char *name, long value);
void fault_only(const char *prefix);
void fault_clear(void);

/* ok NAME / not ok NAME, with what was wrong. Returns how many failed so far. */
void check(BOOL held, const char *what);
int case_end(const char *format, ...) __attribute__((format(gnu_printf, 1, 2)));

#endif

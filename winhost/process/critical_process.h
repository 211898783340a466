/*
 * critical_process.h - the processes Windows stops without.
 */
#ifndef SOCKWARDEN_WINHOST_CRITICAL_PROCESS_H
#define SOCKWARDEN_WINHOST_CRITICAL_PROCESS_H

#include <stdbool.h>
#include "winsock.h"

/* Whether this process is the system's own lsass, services, wininit, csrss, smss or winlogon. No policy
 * applies to those: where one of them fails, so does the machine. Found out once; any thread. */
bool critical_process(void);

/* The same of a path, for a system directory. */
bool critical_process_is(const WCHAR *path, const WCHAR *system_directory);

#endif

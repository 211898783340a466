/*
 * fault_injection.h - where tests inject faults: every call that changes the machine, or reads its catalogs,
 * announces itself here first.
 *
 * In what is shipped, fault_injection.c lets everything go on. The test build of the command links functions
 * of its own in their place (tests/e2e/installer/fault_injection.c), which die, fail or lie at the nth change
 * and say what kind of machine to take this one for, as their environment asks. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_FAULT_INJECTION_H
#define SOCKWARDEN_INSTALLER_FAULT_INJECTION_H

#include <stdbool.h>

/* Anything else: the error to fail with. PRETEND: do nothing and report success. */
enum { FAULT_NONE = 0, FAULT_PRETEND = -1 };

/* Announces a call by its name. FAULT_NONE: go on and make it; otherwise do not. */
int fault_injection_step(const char *what);

/* What a test says instead of the machine; false, and *value as it was, where it says nothing. */
bool fault_injection_value(const char *name, long *value);

#endif

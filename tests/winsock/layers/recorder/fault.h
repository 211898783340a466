/* Failures on order. The environment variable RECORD_FAIL holds orders, separated by semicolons:
 *
 *   LAYER CALL VALUE [FROM]
 *
 * LAYER is the DLL's name ("upper", "lower"), CALL an SPI function that is recorded (record.h), VALUE the
 * error it fails with, FROM the number of the first call that fails, counted in this process since
 * RECORD_FAIL last changed (default 1: every call). Two CALLs more make a bad WSPStartup: "version" has it
 * answer with version VALUE (in hexadecimal, 0x0102 for 2.1), "table" with entry number VALUE (0 to 29, in
 * the order of WSPPROC_TABLE) left NULL.
 *
 *   RECORD_FAIL='lower WSPSocket 10036 3; upper table 29'
 *
 * The variable is looked at on every call: a program may set it with SetEnvironmentVariable. */
#ifndef SOCKWARDEN_TESTS_FAULT_H
#define SOCKWARDEN_TESTS_FAULT_H

#include <winsock2.h>

/* Whether this call is to fail, and *value then. Counts the call. Any thread. */
BOOL fault_due(const char *call, int *value);

#endif

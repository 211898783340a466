/*
 * setup_print.h - what the catalog commands say: progress on stdout, failures on stderr, a line each. Nothing
 * else in installer/ prints.
 */
#ifndef SOCKWARDEN_INSTALLER_SETUP_PRINT_H
#define SOCKWARDEN_INSTALLER_SETUP_PRINT_H

#include <stdbool.h>
#include <winsock2.h>
#include <windows.h>

#include "error_names.h"

/* A line on stdout. */
void setup_print(const char *format, ...) __attribute__((format(gnu_printf, 1, 2)));

/* "sockwarden: ..." on stderr. The text ends with a full stop. */
void setup_print_failure(const char *format, ...) __attribute__((format(gnu_printf, 1, 2)));

/* "sockwarden: CALL failed: ..." with what to do, on stderr. */
void setup_print_call(const call_failure_t *failure);

/* Whether `error` is 0; else prints that `what` failed with it. */
bool setup_succeeded(const char *what, DWORD error);

#endif

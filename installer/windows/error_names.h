/*
 * error_names.h - Windows' and Winsock's errors by their names, and what an administrator can do about each.
 * Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_ERROR_NAMES_H
#define SOCKWARDEN_INSTALLER_ERROR_NAMES_H

#include <stddef.h>

/* A call, or what was being done (static text), and its error; 0 where it did not fail. */
typedef struct call_failure {
  const char *call;
  int error;
} call_failure_t;

/* "CALL failed: WSANO_RECOVERY (11003). What to do." Cut to fit. */
enum { CALL_FAILURE_TEXT = 512 };
void call_failure_text(const call_failure_t *failure, char text[CALL_FAILURE_TEXT]);

/* "WSANO_RECOVERY"; "error" for one that has no name here. Static text. */
const char *error_name(int error);

/* What to do, a sentence without its full stop. Static text. */
const char *error_advice(int error);

#endif

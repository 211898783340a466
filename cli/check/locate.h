/*
 * locate.h - where in a policy file a finding is: the engine knows the line of the statement, this looks for
 * the word.
 */
#ifndef SOCKWARDEN_LOCATE_H
#define SOCKWARDEN_LOCATE_H

#include <stddef.h>
#include <stdint.h>

typedef struct location {
  int32_t line;       /* may be later than the statement's */
  int32_t column;     /* from 1, in characters; 0 where it is not known */
  const char *source; /* that line, `length` bytes; NULL where there is none */
  size_t length;
} location_t;

/* Look for the subject of a report (policy_report_t), from its line on (0: unknown); NULL: for the statement
 * there. `text` is the file's, and may be NULL. */
location_t locate(const char *text, int32_t line, const char *subject);

#endif

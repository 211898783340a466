/*
 * log_record.h - one record of the decision log: whether it is asked for, and as a line for people.
 */
#ifndef SOCKWARDEN_LOG_RECORD_H
#define SOCKWARDEN_LOG_RECORD_H

#include <stdbool.h>
#include <stddef.h>

typedef struct log_filter {
  const char *since;   /* "2026-11-22T21:00:00.000Z", or a beginning of such a text; NULL for all */
  const char *app;     /* as a rule's `app`: a glob on the name, or on the path where it has a separator */
  const char *verdict; /* "allow", "reject", "rewrite" */
} log_filter_t;

typedef enum log_record_kind { LOG_RECORD_BROKEN, LOG_RECORD_OTHER, LOG_RECORD_ASKED } log_record_kind_t;

/* Whether the line is a record, and one that the filter asks for; then it is printed on stdout where `print`.
 */
log_record_kind_t log_record_look(const char *line, size_t length, const log_filter_t *filter, bool print);

/* The columns' names. */
void log_record_head(void);

#endif

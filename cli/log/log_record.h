/*
 * log_record.h - lines of the decision log: which are records, and which of those a filter lets through.
 */
#ifndef SOCKWARDEN_LOG_RECORD_H
#define SOCKWARDEN_LOG_RECORD_H

#include <stdbool.h>

#include <jansson.h>

typedef struct log_filter {
  const char *since; /* a moment as records write it, or a beginning of one (log_time.h); NULL for all */
  const char *app; /* as a rule's `app`: a pattern for the name, or with a separator for the path; or NULL */
  const char *verdict; /* "allow", "reject", "rewrite"; NULL for all */
} log_filter_t;

/* The record in a line, which the caller frees with json_decref; NULL where the line is none. */
json_t *log_record_parse(const char *line, size_t length);

/* Whether the filter lets it through. */
bool log_record_passes(const json_t *record, const log_filter_t *filter);

#endif

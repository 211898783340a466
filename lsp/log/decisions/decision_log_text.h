/*
 * decision_log_text.h - members of a JSON object, written into a buffer of fixed size. What does not fit is
 * left out whole or cut at a character, so that the object stays one. No heap, no locale.
 */
#ifndef SOCKWARDEN_LSP_DECISION_LOG_TEXT_H
#define SOCKWARDEN_LSP_DECISION_LOG_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct log_text {
  char *bytes;
  size_t size, used;
  bool follows; /* a member was written on this level: a comma is due */
} log_text_t;

/* A text of any bytes as JSON in at most `most` bytes: what is no UTF-8 becomes U+FFFD, what is longer is cut
 * and ends in "...". Nothing where text is NULL. */
void log_text_string(log_text_t *text, const char *key, const char *value, size_t most);
void log_text_number(log_text_t *text, const char *key, int64_t value);
void log_text_hash(log_text_t *text, const char *key, uint64_t value); /* 16 hexadecimal digits */
void log_text_true(log_text_t *text, const char *key);

/* An object as a member. */
void log_text_open(log_text_t *text, const char *key);
void log_text_close(log_text_t *text);

#endif

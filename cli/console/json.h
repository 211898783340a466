/*
 * json.h - writing JSON to a stream, one value after the other: the writer puts the commas and the escapes.
 */
#ifndef SOCKWARDEN_JSON_H
#define SOCKWARDEN_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Begin with {.stream = ...}. Not json_t: that is jansson's, which reads. */
typedef struct json_writer {
  FILE *stream;
  bool follows; /* a value was written on this level: a comma is due */
} json_writer_t;

/* `key` is NULL in arrays and for the outermost value. */
void json_open(json_writer_t *json, const char *key, char bracket);     /* '{' or '[' */
void json_close(json_writer_t *json, char bracket);                     /* '}' or ']' */
void json_text(json_writer_t *json, const char *key, const char *text); /* null where text is NULL */
void json_number(json_writer_t *json, const char *key, int64_t number);
void json_truth(json_writer_t *json, const char *key, bool truth);
void json_none(json_writer_t *json, const char *key); /* null */

/* The same, but null for "" and for 0 too. */
void json_text_or_none(json_writer_t *json, const char *key, const char *text);
void json_number_or_none(json_writer_t *json, const char *key, int64_t number);

/* End the line after the outermost value; the next value begins another document. */
void json_end_line(json_writer_t *json);

#endif

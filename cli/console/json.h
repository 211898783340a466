/*
 * json.h - writing JSON to a stream, one value after the other; commas and escapes are seen to.
 */
#ifndef SOCKWARDEN_JSON_H
#define SOCKWARDEN_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct json {
  FILE *stream;
  bool follows; /* a value was written on this level: a comma is due */
} json_t;

/* `key` is NULL in arrays and for the outermost value. */
void json_open(json_t *json, const char *key, char bracket);     /* '{' or '[' */
void json_close(json_t *json, char bracket);                     /* '}' or ']' */
void json_text(json_t *json, const char *key, const char *text); /* null where text is NULL */
void json_number(json_t *json, const char *key, int64_t number);
void json_truth(json_t *json, const char *key, bool truth);
void json_none(json_t *json, const char *key);

#endif

/*
 * request_spec_json.h - questions in JSON: one object, several of them one after the other (JSON lines, or
 * written over several lines), or an array of them.
 */
#ifndef SOCKWARDEN_QUESTION_JSON_H
#define SOCKWARDEN_QUESTION_JSON_H

#include <stdio.h>

#include "policy_tools.h"

typedef struct request_spec_reader {
  const request_spec_t *defaults; /* of fields that an object does not name */
  void *context;
  /* Hear of each question, in order; it is borrowed for the call. */
  void (*question)(void *context, const request_spec_t *question);
  /* Hear of what is no question; the reading goes on behind it. */
  void (*mistake)(void *context, const char *why);
} request_reader_t;

/* Read a stream to its end, handing out each question as soon as it is complete. */
void request_json_read(FILE *stream, const request_reader_t *reader);

/* As request_json_read on a file; "-" is the standard input. False where it cannot be opened; it has told
 * so. */
bool request_json_read_file(const char *path, const request_reader_t *reader);

#endif

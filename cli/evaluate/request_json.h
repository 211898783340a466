/*
 * request_json.h - requests in JSON: one object, several of them one after the other (JSON lines, or written
 * over several lines), or an array of them.
 */
#ifndef SOCKWARDEN_REQUEST_JSON_H
#define SOCKWARDEN_REQUEST_JSON_H

#include <stdbool.h>
#include <stdio.h>

#include "policy_tools.h"

typedef struct request_reader {
  const request_spec_t *defaults; /* of fields that an object does not name */
  void *context;
  /* Called for each request, in order; it is borrowed for the call. */
  void (*request)(void *context, const request_spec_t *spec);
  /* Called for what is not a request, with the line and the reason; reading goes on after it. */
  void (*mistake)(void *context, const char *why);
} request_reader_t;

/* Read a stream to its end, handing out each request as soon as it is complete. */
void request_json_read(FILE *stream, const request_reader_t *reader);

/* As request_json_read on a file; "-" is the standard input. False where it cannot be opened: that is
 * reported on stderr. */
bool request_json_read_file(const char *path, const request_reader_t *reader);

#endif

/*
 * question.h - a socket call as people describe it in tests, in JSON and on the command line: any of the
 * fields of a request, named as policies name them (docs/policy-language.md), the others having defaults.
 * Every way of writing a question sets its fields through here, so all take the same.
 */
#ifndef SOCKWARDEN_QUESTION_H
#define SOCKWARDEN_QUESTION_H

#include "policy.h"

typedef struct question {
  /* What the program asks for. Defaults AF_INET, SOCK_STREAM, 0. */
  policy_triple_t requested;
  /* `requested` was given beside af, type, protocol: these are then the effective values, which are otherwise
   * what the catalog makes of `requested`. */
  policy_triple_t effective;
  bool names_requested, names_effective;
  uint32_t flags; /* default WSA_FLAG_OVERLAPPED */
  bool shared;
  const char *provider; /* NULL: the name of the entry that the catalog chooses */
  uint32_t catalog_id;  /* 0: its id */
  /* The program. */
  const char *path;         /* default "" */
  const char *name;         /* NULL: what follows the path's last separator */
  const char *command_line; /* NULL: the path */
  const char *user, *sid;   /* default "" */
  const char *service;      /* NULL: none; "": a nameless one; else its names, commas between them */
  bool elevated;
  uint32_t pid;     /* default 0 */
  uint32_t session; /* default 1 */
} request_spec_t;

/* Give every field its default. Texts of a question are borrowed. */
void request_spec_init(request_spec_t *question);

typedef struct request_spec_field request_spec_field_t;

enum { REQUEST_SPEC_WHY_MAX = 256 };

/* The field of a group ("" for the question itself, "app", "requested"), or NULL; then *why tells, with what
 * was probably meant. */
const request_spec_field_t *request_spec_field(const char *group, const char *name,
                                               char why[REQUEST_SPEC_WHY_MAX]);

/* Whether a name is a group of fields. A question's `app` may also be a text: the path. */
bool request_spec_is_group(const char *name);

/* Set a field. False where the value is none for it; *why then tells. */
bool request_spec_set_text(request_spec_t *question, const request_spec_field_t *field, const char *text,
                           char why[REQUEST_SPEC_WHY_MAX]);
bool request_spec_set_number(request_spec_t *question, const request_spec_field_t *field, int64_t number,
                             char why[REQUEST_SPEC_WHY_MAX]);
bool request_spec_set_truth(request_spec_t *question, const request_spec_field_t *field, bool truth,
                            char why[REQUEST_SPEC_WHY_MAX]);
bool request_spec_refuse(const request_spec_field_t *field, const char *what,
                         char why[REQUEST_SPEC_WHY_MAX]); /* false */

/* All fields in order, for annotations: false where there are no more. `group` receives "", "app" or
 * "requested". */
bool request_spec_describe(size_t index, const char **group, const char **name, const char **annotation);

/* AF_INET6 etc., separated by commas or |, for flags; words and numbers. */
bool request_spec_parse_flags(const char *text, uint32_t *flags, char why[REQUEST_SPEC_WHY_MAX]);

#endif

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
} question_t;

/* Give every field its default. Texts of a question are borrowed. */
void question_init(question_t *question);

typedef struct question_field question_field_t;

enum { QUESTION_WHY_MAX = 256 };

/* The field of a group ("" for the question itself, "app", "requested"), or NULL; then *why tells, with what
 * was probably meant. */
const question_field_t *question_field(const char *group, const char *name, char why[QUESTION_WHY_MAX]);

/* Whether a name is a group of fields. A question's `app` may also be a text: the path. */
bool question_is_group(const char *name);

/* Set a field. False where the value is none for it; *why then tells. */
bool question_set_text(question_t *question, const question_field_t *field, const char *text,
                       char why[QUESTION_WHY_MAX]);
bool question_set_number(question_t *question, const question_field_t *field, int64_t number,
                         char why[QUESTION_WHY_MAX]);
bool question_set_truth(question_t *question, const question_field_t *field, bool truth,
                        char why[QUESTION_WHY_MAX]);
bool question_refuse(const question_field_t *field, const char *what, char why[QUESTION_WHY_MAX]); /* false */

/* All fields in order, for annotations: false where there are no more. `group` receives "", "app" or
 * "requested". */
bool question_describe(size_t index, const char **group, const char **name, const char **annotation);

/* AF_INET6 etc., separated by commas or |, for flags; words and numbers. */
bool question_parse_flags(const char *text, uint32_t *flags, char why[QUESTION_WHY_MAX]);

#endif

/*
 * rules_case.h - a set of policies as plain data, a program, and some socket calls: made from bytes, written
 * out as Lua for the engine, and read as they are by the reference evaluator.
 */
#ifndef SOCKWARDEN_FUZZ_RULES_CASE_H
#define SOCKWARDEN_FUZZ_RULES_CASE_H

#include "bytes.h"
#include "policy.h"

enum {
  CASE_VALUES = 3,
  CASE_TEXT = 64,
  CASE_LONG_TEXT = 500,
  CASE_STEPS = 6,
  CASE_FILES = 4,
  CASE_REQUESTS = 6
};

/* How the values of a condition are written. */
typedef enum case_form { FORM_SINGLE, FORM_LIST, FORM_NONE_OF } case_form_t;

typedef struct case_numbers {
  bool given;
  case_form_t form;
  size_t count;
  int32_t values[CASE_VALUES];
} case_numbers_t;

/* Texts; or true and false, for `elevated` and `shared`; or both, for `service`. */
typedef struct case_value {
  bool is_text, truth;
  char text[CASE_TEXT];
} case_value_t;

typedef struct case_values {
  bool given;
  case_form_t form;
  size_t count;
  case_value_t values[CASE_VALUES];
} case_values_t;

typedef struct case_verdict {
  policy_action_t action;
  int32_t error;
  bool names_af, names_type, names_protocol;
  policy_triple_t triple;
  bool has_reason;
  char reason[CASE_LONG_TEXT];
} case_verdict_t;

/* A rule; or a function that does what such a rule would, which knows af, type, protocol, flags and shared
 * only. */
typedef struct case_step {
  bool function;
  int32_t line;
  bool has_name;
  char name[CASE_LONG_TEXT];
  case_numbers_t af, type, protocol, flags;
  case_values_t shared, elevated, app, user, service, provider;
  case_verdict_t verdict;
} case_step_t;

typedef struct case_file {
  char name[24];
  bool ignored; /* its name is no policy's, and its text would not load */
  case_step_t steps[CASE_STEPS];
  size_t step_count;
  char text[CASE_STEPS * 16384]; /* as Lua */
  size_t size;
} case_file_t;

/* The program. */
typedef struct case_facts {
  char name[CASE_TEXT], path[CASE_TEXT], user[CASE_TEXT], sid[CASE_TEXT];
  char services[3][CASE_TEXT]; /* "" from the last on */
  bool elevated, service;
  bool user_unknown, sid_unknown, elevated_unknown, service_unknown;
} case_facts_t;

typedef struct rules_case {
  case_file_t files[CASE_FILES]; /* in no order */
  size_t file_count;
  case_facts_t facts;
  policy_mode_t mode;
  policy_action_t on_error, default_verdict;
  policy_request_t requests[CASE_REQUESTS];
  char providers[CASE_REQUESTS][CASE_TEXT];
  size_t request_count;
} rules_case_t;

/* Make a case; any bytes make one that loads without errors. */
void rules_case_make(rules_case_t *made, bytes_t *bytes);

#endif

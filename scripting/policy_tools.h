/*
 * policy_tools.h - the policy engine for those who write policies: explaining a decision, checking a folder,
 * describing a request, running tests, watching which lines run, and what editors know of the language.
 * policy.h is for those who decide by it; the provider DLL has that alone.
 *
 * An engine is used as policy.h says. Text in what a visitor or watch receives is borrowed for the call.
 */
#ifndef SOCKWARDEN_POLICY_TOOLS_H
#define SOCKWARDEN_POLICY_TOOLS_H

#include "policy.h"

/* ---- explaining ---- */

/* What a policy entry, that is a rule or a function, made of a request. */
typedef enum policy_entry_outcome {
  POLICY_ENTRY_NO_MATCH,     /* a rule whose condition in `detail` does not hold */
  POLICY_ENTRY_SAYS_NOTHING, /* a function that returned nil, or a rewrite that changes nothing */
  POLICY_ENTRY_ALLOWS,
  POLICY_ENTRY_REJECTS,
  POLICY_ENTRY_REWRITES,   /* the evaluation goes on with the new triple */
  POLICY_ENTRY_FAILED,     /* `detail` says how */
  POLICY_ENTRY_QUARANTINED /* its file failed too often: not run */
} policy_entry_outcome_t;

typedef struct policy_entry {
  const char *file;
  int32_t line;
  const char *rule; /* the rule's name; NULL for functions and nameless rules */
  bool function;    /* an on_socket function, not a rule */
  policy_entry_outcome_t outcome;
  const char *detail; /* the first condition that does not hold, or how the entry failed; else "" */
  uint64_t cost;      /* instructions */
} policy_entry_t;

/*
 * As policy_decide, and calls `visit` for every entry that is evaluated, in order, those that cannot concern
 * this process included. For people and tests, not for the path of a socket call: from the first call on, the
 * engine keeps sets that are not pruned to the process.
 */
void policy_explain(policy_engine_t *engine, const policy_request_t *request, policy_verdict_t *verdict,
                    void (*visit)(void *context, const policy_entry_t *entry), void *context);

/* Visit all entries of the set in force as they were loaded, in order; after the first policy_explain those
 * that cannot concern this process too. Only file, line, rule and function of *entry are set. */
void policy_engine_entries(policy_engine_t *engine, void (*visit)(void *context, const policy_entry_t *entry),
                           void *context);

/* ---- checking ---- */

/* What a base entry of the Winsock catalog serves: a family, a type, and the protocols from triple.protocol
 * to triple.protocol + protocol_offset. */
typedef struct policy_base_entry {
  policy_triple_t triple;
  int32_t protocol_offset; /* iProtocolMaxOffset */
} policy_base_entry_t;

/*
 * Check the policy folder: load it apart from the set in force, go on after a mistake so that all of them are
 * reported, look into functions too, and warn of what surprises: rules that never match or are never reached,
 * rejections that break programs, rewrites that cannot work. Rewrites are judged by `entries`. Every finding
 * goes to the host's report. Returns the number of errors; `policies` and `count`, where not NULL, receive
 * how many files without an error and how many entries there are.
 */
size_t policy_engine_check(policy_engine_t *engine, const policy_base_entry_t *entries, size_t entry_count,
                           size_t *policies, size_t *count);

/* ---- request specs ---- */

/*
 * A socket call as people describe it in tests, in JSON and on the command line: any of the fields of a
 * request, named as policies name them (docs/policy-language.md), the others having defaults. Every way of
 * writing one sets its fields by the functions below, so all take the same. Texts are borrowed.
 */
typedef struct request_spec {
  /* What the program asks for. Defaults AF_INET, SOCK_STREAM, 0. */
  policy_triple_t requested;
  /* Where `requested` was given beside af, type and protocol, these are the effective values, which are
   * otherwise what the catalog makes of `requested`. */
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

typedef struct request_spec_field request_spec_field_t;

/* Why a field or a value was refused, in the parts of a policy_report_t. */
typedef struct request_spec_mistake {
  char message[256];
  char subject[64];       /* the unknown name as it was given; "" where it is about something else */
  const char *correction; /* what was probably meant in its place; static; NULL where nothing is near */
} request_spec_mistake_t;

/* Give every field its default. Any thread, as all functions on request specs. */
void request_spec_init(request_spec_t *spec);

/* The field of a group ("" for the request itself, "app", "requested"). NULL where there is none of that
 * name; *mistake is then filled in. Static. */
const request_spec_field_t *request_spec_field(const char *group, const char *name,
                                               request_spec_mistake_t *mistake);

/* Whether a name is a group of fields. The group `app` may also be given as a text: the path. */
bool request_spec_is_group(const char *name);

/* Set a field. False where it does not take the value; nothing is then set, and *mistake is filled in. */
bool request_spec_set_text(request_spec_t *spec, const request_spec_field_t *field, const char *text,
                           request_spec_mistake_t *mistake);
bool request_spec_set_number(request_spec_t *spec, const request_spec_field_t *field, int64_t number,
                             request_spec_mistake_t *mistake);
bool request_spec_set_truth(request_spec_t *spec, const request_spec_field_t *field, bool truth,
                            request_spec_mistake_t *mistake);

/* Refuse a value of a kind that no field takes ("a list"): fill in *mistake, and return false. */
bool request_spec_refuse(const request_spec_field_t *field, const char *what,
                         request_spec_mistake_t *mistake);

/* The mistake in one line, "MESSAGE (did you mean CORRECTION?)", cut at a character where it does not fit. */
void request_spec_mistake_text(const request_spec_mistake_t *mistake, char *text, size_t size);

/* ---- testing ---- */

/* The outcome of one test of a policy. Text is borrowed for the call. */
typedef struct policy_test_result {
  const char *file;
  const char *name;
  const policy_report_t *failure; /* NULL where it passed; its line is 0 where unknown */
  const char *expected, *actual;  /* of a failed assertion; "" else */
  const char *decided_by; /* of that assertion: "10-raw.lua:3 rule \"...\"", or "the default"; "" else */
  const char *request;    /* of that assertion: the request in words; "" else */
} policy_test_result_t;

/* What runs tests: all functions must be there, and are called on the thread of policy_test_run. */
typedef struct policy_tester {
  void *context;
  /* Decide what a test asks for. Must fill in the verdict. */
  void (*decide)(void *context, const request_spec_t *spec, policy_verdict_t *verdict);
  /* A test has run. In order. */
  void (*result)(void *context, const policy_test_result_t *result);
  /* A test file could not be loaded, or the folder not be listed (file is then NULL). */
  void (*report)(void *context, const policy_report_t *report);
} policy_tester_t;

typedef struct policy_test_counts {
  size_t files, tests, failed, broken; /* broken: files that could not be loaded */
} policy_test_counts_t;

/*
 * Run all tests of a folder: its files `*_test.lua`, Lua in the policies' own sandbox with functions to ask
 * for decisions and to say what is expected (docs/policy-tools.md, test). Their limits are sixteen times
 * those of a decision in *settings. One run at a time in a process.
 */
void policy_test_run(const char *folder, const policy_settings_t *settings, const policy_tester_t *tester,
                     policy_test_counts_t *counts);

/* ---- names and patterns ---- */

/* The name nearest to a misspelt one, to ask "did you mean ...?"; NULL where none is near. `names` ends with
 * NULL. */
const char *policy_nearest_name(const char *misspelt, const char *const *names);

/* Whether a pattern, as in a rule's `app`, matches a program of that file name and full path. */
bool policy_app_matches(const char *pattern, const char *name, const char *path);

/* ---- watching ---- */

/* Which lines of policies run: coverage. Slow. A NULL member is not called. */
typedef struct policy_watch {
  void *context;
  void (*code)(void *context, const char *file, int32_t line); /* a loaded file has code in this line */
  void (*line)(void *context, const char *file, int32_t line); /* a line runs */
  /* An entry was registered, by the lines that ran since the entry before it. */
  void (*entry)(void *context, const char *file, int32_t line, bool function);
} policy_watch_t;

/* Before the engine's first decision. *watch is borrowed and outlives the engine. */
void policy_engine_watch(policy_engine_t *engine, const policy_watch_t *watch);

/* ---- editors ---- */

/* Print, in pieces, what lua-language-server and luacheck are to know of the language; from the tables that
 * bind its names into Lua. */
void policy_annotations(void (*put)(void *context, const char *text), void *context);
void policy_luacheck_config(void (*put)(void *context, const char *text), void *context);

#endif

/*
 * policy_tools.h - the policy engine for those who write policies: explaining a decision, checking a folder,
 * watching which lines run, and what editors know of the language. policy.h is for those who decide by it;
 * the provider DLL has that alone.
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

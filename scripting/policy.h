/*
 * policy.h - the policy engine for those who decide by it. policy_tools.h is for those who write policies.
 *
 * The engine loads the policies of a folder, notices when the folder changes, and decides each socket call.
 * It knows nothing of Winsock's headers and nothing of the process it runs in: the host (the provider DLL,
 * the command, a test) hands in a policy_host_t for settings, attributes of the process and reports.
 *
 * Numbers are Winsock's on every platform (AF_INET6 is 23, SOCK_RAW 3, WSAEACCES 10013). Text is UTF-8.
 * The language itself is described in docs/policy-language.md.
 */
#ifndef SOCKWARDEN_POLICY_H
#define SOCKWARDEN_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct policy_engine policy_engine_t;

/* ---- the request ---- */

typedef struct policy_triple {
  int32_t af;
  int32_t type;
  int32_t protocol;
} policy_triple_t;

typedef struct policy_request {
  policy_triple_t requested; /* as the program gave it: 0 and -1 (FROM_PROTOCOL_INFO) are still there */
  policy_triple_t effective; /* 0 and -1 resolved from the chosen catalog entry */
  uint32_t flags;            /* WSA_FLAG_* */
  bool shared;               /* the call opens a socket another process duplicated: never rewritten */
  const char *provider;      /* name of the lower provider's entry; borrowed for the call; NULL means "" */
  uint32_t catalog_id;       /* its dwCatalogEntryId */
  uint64_t provider_number;  /* stands for that name, and for no other as long as the engine lives, so that
                                names need not be compared; 0: there is none */
} policy_request_t;

/* ---- the verdict ---- */

typedef enum policy_action { POLICY_ALLOW, POLICY_REJECT, POLICY_REWRITE } policy_action_t;
typedef enum policy_mode { POLICY_MODE_ENFORCE, POLICY_MODE_AUDIT, POLICY_MODE_OFF } policy_mode_t;

enum { POLICY_FILE_MAX = 260, POLICY_RULE_MAX = 160, POLICY_REASON_MAX = 320, POLICY_LOG_MAX = 640 };

/* A plain value: it owns all its text, cut at a character where it is longer than its field. */
typedef struct policy_verdict {
  policy_action_t action;  /* what to do */
  policy_action_t decided; /* what the policies said; differs from action in audit mode only */
  policy_triple_t triple;  /* what goes on to the next layer: the effective triple, or the rewritten one */
  policy_triple_t wanted;  /* what the policies made of it; differs from triple in audit mode only */
  int32_t error;           /* the WSAE* code when decided is POLICY_REJECT, else 0 */
  bool failed;             /* the engine, a rule or a function failed: OnError made or shaped this verdict */
  int32_t line;            /* of the rule or function that decided; 0 where none did */
  uint32_t generation;     /* counts the policy sets of this engine, from 1; 0 where none is loaded */
  uint64_t set_hash;       /* of that set, as policy_engine_hash; 0 where none is loaded */
  policy_mode_t mode;      /* that it was decided in */
  uint64_t cost;           /* instructions spent */
  char file[POLICY_FILE_MAX]; /* name of the deciding policy file; "" where none decided */
  char rule[POLICY_RULE_MAX]; /* the deciding rule's name; "" for functions and nameless rules */
  char reason[POLICY_REASON_MAX];
  char log[POLICY_LOG_MAX]; /* what policies passed to log(), newline between messages */
} policy_verdict_t;

/* ---- the host ---- */

enum { POLICY_PATH_MAX = 4096 };

/* What is done about a policy, or a folder, that is writable by non-administrators (docs/threat-model.md,
 * "Who may write policies"). On Windows only. */
typedef enum policy_protection {
  POLICY_PROTECTION_IGNORED,
  POLICY_PROTECTION_WARNED,  /* loaded, with a warning */
  POLICY_PROTECTION_REQUIRED /* refused, as if it could not be read */
} policy_protection_t;

/* docs/operations.md, "Settings". policy_settings_default() gives every field a value. */
typedef struct policy_settings {
  char policy_dir[POLICY_PATH_MAX]; /* "" means: there are no policies */
  policy_mode_t mode;
  policy_action_t on_error;        /* POLICY_ALLOW or POLICY_REJECT */
  policy_action_t default_verdict; /* POLICY_ALLOW or POLICY_REJECT (which means WSAEACCES) */
  uint32_t instruction_limit;      /* that one call of a function may spend */
  uint32_t memory_limit_kib;       /* KiB that one call of a function may add to its Lua state */
  policy_protection_t protection;
} policy_settings_t;

/* Attributes of the process: what does not change while it runs. */
typedef enum policy_attribute {
  POLICY_ATTRIBUTE_NAME,         /* text: file name of the program, "ping.exe" */
  POLICY_ATTRIBUTE_PATH,         /* text: its full, long, final path */
  POLICY_ATTRIBUTE_PID,          /* number */
  POLICY_ATTRIBUTE_COMMAND_LINE, /* text */
  POLICY_ATTRIBUTE_USER,         /* text: DOMAIN\name */
  POLICY_ATTRIBUTE_SID,          /* text: S-1-5-... */
  POLICY_ATTRIBUTE_ELEVATED,     /* flag */
  POLICY_ATTRIBUTE_SERVICE,      /* flag: is a service; text: its names, newline between them, or "" */
  POLICY_ATTRIBUTE_SESSION,      /* number */
  POLICY_ATTRIBUTE_COUNT
} policy_attribute_t;

typedef struct policy_attribute_value {
  const char *text; /* owned by the host; must stay valid as long as the engine lives */
  uint32_t number;
  bool flag;
} policy_attribute_value_t;

typedef enum policy_severity { POLICY_INFO, POLICY_WARNING, POLICY_ERROR } policy_severity_t;

/* Something for the administrator to know. Text is borrowed for the call. */
typedef struct policy_report {
  policy_severity_t severity;
  const char *file; /* policy file name, or NULL where it is about the folder or the engine */
  int32_t line;     /* 0 where none */
  const char *message;
  const char *advice;     /* what to do; NULL where nothing is known */
  const char *subject;    /* the word it is about, as it stands in that line of the source or after it; NULL
                             where there is none */
  const char *correction; /* what was probably meant in place of the subject; NULL where nothing is near */
} policy_report_t;

/* The report as one line without its end: "FILE:LINE: SEVERITY: MESSAGE (did you mean CORRECTION?); ADVICE",
 * without the parts it does not have, cut at a character where it does not fit. Any thread. */
void policy_report_text(const policy_report_t *report, char *text, size_t size);

/* The same without file, line and severity. */
void policy_report_message(const policy_report_t *report, char *text, size_t size);

/* All functions may be called on any thread that calls into the engine, several at once, and must not call
 * back into it. */
typedef struct policy_host {
  void *context;

  /* Fill in the settings now in force. *settings holds the defaults on entry. Called at the first decision
   * and at most about twice a second after that, so that changes are taken up live, and always before the
   * engine touches the policy folder on that thread: a host whose threads may impersonate somebody takes its
   * own identity here until the call into the engine returns (docs/winsock-notes.md 3). NULL: the defaults
   * hold. */
  void (*read_settings)(void *context, policy_settings_t *settings);

  /* Fill in one attribute; false where it cannot be had. Called when a policy first needs it (a rule's
   * condition at load, request.app's field when read); the host caches what is costly. NULL: none can be had.
   */
  bool (*read_attribute)(void *context, policy_attribute_t attribute, policy_attribute_value_t *value);

  /* Take a report. Each failure is reported once a load. NULL: nothing is reported. */
  void (*report)(void *context, const policy_report_t *report);

  /* Memory: as realloc, and as free for size 0. NULL: the C library. Lets tests fail every allocation in
   * turn. */
  void *(*resize)(void *context, void *block, size_t size);
} policy_host_t;

/* ---- the engine ---- */

/* Fill in the defaults: no policy_dir, enforce, OnError allow, default verdict allow, 1,000,000 instructions,
 * 1,024 KiB, and protection ignored, for an author reads any folder. */
void policy_settings_default(policy_settings_t *settings);

/*
 * Make an engine. *host is copied. Loads nothing yet (it may be called under a lock such as ws2_32's catalog
 * lock: docs/winsock-notes.md 1); the first decision does. NULL where memory is short. The caller owns the
 * engine.
 */
policy_engine_t *policy_engine_create(const policy_host_t *host);

/* Free the engine. No thread may be inside one of its functions. NULL does nothing. */
void policy_engine_destroy(policy_engine_t *engine);

/*
 * Decide. Always fills in the verdict and never fails: where the engine does, the verdict is the one that
 * OnError asks for, with the reason in it. Any thread, any number at once; takes no lock. About twice a
 * second one caller also looks whether settings or policies changed and, if so, puts a new set in force
 * before it decides.
 */
void policy_decide(policy_engine_t *engine, const policy_request_t *request, policy_verdict_t *verdict);

/*
 * Load the folder now. Returns the number of errors in it, each of which is reported too; `policies` and
 * `entries`, where not NULL, receive how many files the set in force has, and how many rules and functions.
 */
size_t policy_engine_load(policy_engine_t *engine, size_t *policies, size_t *entries);

/* A hash over names and bytes of the policy files in force, the same in every process and on every platform;
 * 0 where none are loaded. It distinguishes versions and does not protect from forgery. */
uint64_t policy_engine_hash(policy_engine_t *engine);

/* ---- names and numbers ---- */

typedef enum policy_constants {
  POLICY_CONSTANTS_AF,
  POLICY_CONSTANTS_TYPE,
  POLICY_CONSTANTS_PROTOCOL,
  POLICY_CONSTANTS_FLAG,
  POLICY_CONSTANTS_ERROR,
  POLICY_CONSTANTS_COUNT
} policy_constants_t;

/* The C name of a number ("AF_INET6" for 23), or NULL where it has none. Static text. */
const char *policy_constant_name(policy_constants_t group, int32_t value);

/* The number of a C name, in any case, with or without its prefix ("AF_INET6", "inet6"), or of a decimal
 * number. False where it is none of these; *nearest, where nearest is not NULL, then receives the nearest
 * name or NULL. */
bool policy_constant_value(policy_constants_t group, const char *name, int32_t *value, const char **nearest);

/* What protocol 0 means for a family and type (docs/policy-language.md, "Verdicts"): TCP for an IP stream, 0
 * for RAW, ... */
int32_t policy_default_protocol(int32_t af, int32_t type);

/* As in settings, records and JSON: "allow", "reject", "rewrite"; "enforce", "audit", "off"; "info",
 * "warning", "error". Static text. */
const char *policy_action_name(policy_action_t action);
const char *policy_mode_name(policy_mode_t mode);
const char *policy_severity_name(policy_severity_t severity);

/* The value of such a name; false, and nothing written, where it is none. Case counts. */
bool policy_action_value(const char *name, policy_action_t *action);
bool policy_mode_value(const char *name, policy_mode_t *mode);

/* Bytes of the UTF-8 character at the start of a zero-terminated text; 0 where there is none: overlong forms,
 * surrogates and what lies beyond Unicode are none. 1 at the terminating zero. Any thread. Source: RFC 3629,
 * section 4. */
size_t policy_utf8_length(const char *text);

/* Whether a policy may reject with this code (docs/winsock-notes.md 2: any Winsock error but WSAEINPROGRESS,
 * on which ws2_32 goes on to the next provider). */
bool policy_error_may_reject(int32_t code);

#endif

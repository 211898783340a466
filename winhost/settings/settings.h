/*
 * settings.h - the administrator's settings, from the registry.
 */
#ifndef SOCKWARDEN_WINHOST_SETTINGS_H
#define SOCKWARDEN_WINHOST_SETTINGS_H

#include "policy.h"
#include "winsock.h"

/* What LogLevel means: nothing; rejections, rewrites, failures and what policies log(); every decision. */
typedef enum log_level { LOG_LEVEL_NOTHING, LOG_LEVEL_NOTABLE, LOG_LEVEL_EVERYTHING } log_level_t;

/* With a file's name after it a LogDir stays below MAX_PATH. */
enum { SETTINGS_LOG_DIR_CHARS = 201 };

/* Settings that are the provider's own business, not the engine's. */
typedef struct settings_log {
  WCHAR dir[SETTINGS_LOG_DIR_CHARS]; /* "" where none can be found out */
  log_level_t level;
} settings_log_t;

/* Called for each value that is set and cannot be used: with key, name, what is wrong with it and what is
 * used instead, in one sentence, UTF-8, borrowed for the call. */
typedef struct settings_warner {
  void (*warn)(void *context, const char *message);
  void *context;
} settings_warner_t;

/*
 * Fill in the settings now in force, those of settings_table.h: every field of *settings and *log. Each value
 * is looked for in HKLM\SOFTWARE\Policies\Sockwarden, then in HKLM\SOFTWARE\Sockwarden, in the 64-bit view
 * from both bitnesses; one of the wrong type or out of range is reported and counts as not there. In Safe
 * Mode the mode is off. `log` and `warner` may be NULL. A few registry reads; any thread. Source:
 * docs/operations.md, "Settings".
 */
void settings_read(policy_settings_t *settings, settings_log_t *log, const settings_warner_t *warner);

/* The same below another root than HKEY_LOCAL_MACHINE, and then without the Safe Mode rule. */
void settings_read_below(HKEY root, policy_settings_t *settings, settings_log_t *log,
                         const settings_warner_t *warner);

/*
 * For whoever reads again and again: the same, and true where what is wrong is other than at the last reading
 * in this process. The caller takes up what it read and then has it reported, each value in a report of its
 * own, or that nothing is wrong any more.
 */
bool settings_read_watched(HKEY root, policy_settings_t *settings, settings_log_t *log);
void settings_report(HKEY root, void (*report)(void *context, const policy_report_t *report), void *context);

#endif

/*
 * settings.h - the administrator's settings, from the registry.
 */
#ifndef SOCKWARDEN_LSP_SETTINGS_H
#define SOCKWARDEN_LSP_SETTINGS_H

#include "policy.h"
#include "winsock.h"

/* What LogLevel means: nothing; rejections, rewrites, what policies log() and trouble; every decision. */
typedef enum log_level { LOG_LEVEL_NOTHING, LOG_LEVEL_NOTABLE, LOG_LEVEL_EVERYTHING } log_level_t;

/* With a file's name after it a LogDir stays below MAX_PATH. */
enum { SETTINGS_LOG_DIR_CHARS = 201 };

/* Settings that are the provider's own business, not the engine's. */
typedef struct settings_log {
  WCHAR dir[SETTINGS_LOG_DIR_CHARS]; /* "" where none can be found out */
  log_level_t level;
} settings_log_t;

/* Hears of each value that is set and cannot be used: key, name, what is wrong with it and what is used
 * instead, in one sentence, UTF-8, borrowed for the call. */
typedef struct settings_listener {
  void (*tell)(void *context, const char *message);
  void *context;
} settings_listener_t;

/*
 * Fill in the settings now in force. Each value is looked for in HKLM\SOFTWARE\Policies\Sockwarden, then in
 * HKLM\SOFTWARE\Sockwarden, in the 64-bit view from both bitnesses; one of the wrong type or out of range is
 * told to the listener and counts as not there. The folders fall back to those below ProgramData\Sockwarden;
 * other fields of *settings keep what they hold on entry. In Safe Mode the mode is off. `log` and `listener`
 * may be NULL. A few registry reads; any thread. Source: docs/operations.md, "Settings".
 */
void settings_read(policy_settings_t *settings, settings_log_t *log, const settings_listener_t *listener);

/* The same below another root than HKEY_LOCAL_MACHINE, and then without the Safe Mode rule. */
void settings_read_below(HKEY root, policy_settings_t *settings, settings_log_t *log,
                         const settings_listener_t *listener);

/*
 * For whoever reads again and again: the same, and true where what is wrong is other than at the last reading
 * in this process. The caller takes up what it read and then has it reported, each value in a report of its
 * own, or that all is in order again.
 */
bool settings_read_watched(HKEY root, policy_settings_t *settings, settings_log_t *log);
void settings_report(HKEY root, void (*report)(void *context, const policy_report_t *report), void *context);

#endif

/*
 * settings.h - the administrator's settings, from the registry.
 */
#ifndef SOCKWARDEN_WINHOST_SETTINGS_H
#define SOCKWARDEN_WINHOST_SETTINGS_H

#include "policy.h"
#include "settings_source.h"

/* With a file's name after it a LogDir stays below MAX_PATH. */
enum { SETTINGS_LOG_DIR_CHARS = 201 };

/* Settings that are the provider's own business, not the engine's. */
typedef struct settings_log {
  WCHAR dir[SETTINGS_LOG_DIR_CHARS]; /* "" where none can be found out */
  log_level_t level;
} settings_log_t;

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

#endif

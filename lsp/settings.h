/*
 * settings.h - the administrator's settings, from the registry.
 */
#ifndef SOCKWARDEN_LSP_SETTINGS_H
#define SOCKWARDEN_LSP_SETTINGS_H

#include "policy.h"
#include "winsock.h"

/*
 * Fill in the settings now in force. Each value is looked for in HKLM\SOFTWARE\Policies\Sockwarden, then in
 * HKLM\SOFTWARE\Sockwarden, in the 64-bit view from both bitnesses; one of the wrong type or out of range
 * counts as not there. PolicyDir falls back to ProgramData\Sockwarden\policies; other fields keep what they
 * hold on entry. In Safe Mode the mode is off. A few registry reads; any thread. Source: DESIGN.md, Failing
 * safely.
 */
void settings_read(policy_settings_t *settings);

/* The same without the Safe Mode rule, below another root than HKEY_LOCAL_MACHINE. */
void settings_read_below(HKEY root, policy_settings_t *settings);

#endif

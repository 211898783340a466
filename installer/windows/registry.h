/*
 * marks.h - what we leave in the registry besides the catalog: the Event Log source, the policy folder's
 * setting.
 */
#ifndef SOCKWARDEN_INSTALLER_MARKS_H
#define SOCKWARDEN_INSTALLER_MARKS_H

#include <stdbool.h>
#include <winsock2.h>
#include <windows.h>

bool marks_event_source_exists(void);
DWORD marks_write_event_source(void);
DWORD marks_remove_event_source(void);

/* HKLM\SOFTWARE\Sockwarden, PolicyDir; false where it is not set. */
bool marks_policy_dir(WCHAR *path, DWORD chars);
/* NULL removes it. */
DWORD marks_set_policy_dir(const WCHAR *path);
/* The whole key of settings, for --purge; Group Policy's stays. */
DWORD marks_remove_settings(void);

/* Which programs Windows or an administrator put into categories that leave us out
 * (WSCSetApplicationCategory). Calls `visit` for each with its path and arguments; returns how many. */
size_t marks_left_out(DWORD our_category,
                      void (*visit)(void *context, const WCHAR *path, const WCHAR *arguments), void *context);

#endif

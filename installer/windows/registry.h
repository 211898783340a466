/*
 * registry.h - what we read and write in the registry besides the catalog: the Event Log source, the setting
 * of the policy folder, Windows' list of categorised programs. All in the 64-bit view where there is one. Any
 * thread.
 */
#ifndef SOCKWARDEN_INSTALLER_REGISTRY_H
#define SOCKWARDEN_INSTALLER_REGISTRY_H

#include <stdbool.h>
#include <winsock2.h>
#include <windows.h>

/* The Event Log source Sockwarden. Writing and removing: 0 or the error; one that is not there is removed
 * already. */
bool registry_event_source_exists(void);
DWORD registry_write_event_source(void);
DWORD registry_remove_event_source(void);

/* HKLM\SOFTWARE\Sockwarden, PolicyDir, in at most `chars` characters; false where it is not set. */
bool registry_read_policy_dir(WCHAR *path, DWORD chars);

/* Sets it; NULL removes it. 0 or the error. */
DWORD registry_set_policy_dir(const WCHAR *path);

/* Removes the whole key of settings; Group Policy's stays. 0 or the error. */
DWORD registry_remove_settings(void);

/* The programs that do not load a layer of that category, because Windows or an administrator gave them
 * others (WSCSetApplicationCategory). Calls `visit` with the path and arguments of each; returns how many. */
size_t registry_list_excluded(DWORD category,
                              void (*visit)(void *context, const WCHAR *path, const WCHAR *arguments),
                              void *context);

#endif

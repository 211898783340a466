/*
 * install_paths.h - where things are on this machine. Paths are UTF-16. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_INSTALL_PATHS_H
#define SOCKWARDEN_INSTALLER_INSTALL_PATHS_H

#include <stdbool.h>
#include <winsock2.h>
#include <windows.h>

enum { INSTALL_PATH_CHARS = MAX_PATH * 2, INSTALL_PATH_TEXT = INSTALL_PATH_CHARS * 3 };

/* What the catalog says of our DLL. The same in both catalogs: 32-bit programs are redirected to SysWOW64. */
#define INSTALL_PATHS_CATALOG_DLL "%SystemRoot%\\system32\\sockwarden.dll"

typedef struct install_paths {
  WCHAR root[INSTALL_PATH_CHARS];      /* ProgramData\Sockwarden: only administrators write */
  WCHAR policies[INSTALL_PATH_CHARS];  /* root\policies */
  WCHAR logs[INSTALL_PATH_CHARS];      /* root\logs */
  WCHAR snapshots[INSTALL_PATH_CHARS]; /* root\snapshots */
  WCHAR journal[INSTALL_PATH_CHARS];   /* root\setup.journal */
  /* By view (machine_catalogs.h); the second is "" where there is one catalog. */
  WCHAR dll[2][INSTALL_PATH_CHARS];    /* where the DLL goes */
  WCHAR source[2][INSTALL_PATH_CHARS]; /* where it comes from, beside this program */
  WCHAR backup[2][INSTALL_PATH_CHARS]; /* where the one that was there is kept while an installation is under
                                          way */
} install_paths_t;

/* False where one cannot be found out. */
bool install_paths_find(install_paths_t *paths);

/* folder\name into `path`, which may be `folder`; "", which is no file, where it is too long. */
void install_paths_join(WCHAR path[INSTALL_PATH_CHARS], const WCHAR *folder, const WCHAR *name);

/* A command line's argument (UTF-8) as a full path without a separator at its end; false where it is none. */
bool install_paths_full(const char *argument, WCHAR path[INSTALL_PATH_CHARS]);

/* A path as UTF-8, "?" where it is no UTF-16; returns `text`. And back: false where that is no UTF-8 or too
 * long. */
const char *install_paths_text(const WCHAR *path, char text[INSTALL_PATH_TEXT]);
bool install_paths_from_text(const char *text, WCHAR path[INSTALL_PATH_CHARS]);

#endif

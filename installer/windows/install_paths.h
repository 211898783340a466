/*
 * places.h - where things are on this machine. Names are UTF-16.
 */
#ifndef SOCKWARDEN_INSTALLER_PLACES_H
#define SOCKWARDEN_INSTALLER_PLACES_H

#include <stdbool.h>
#include <winsock2.h>
#include <windows.h>

enum { PLACE_CHARS = MAX_PATH * 2 };

/* What the catalog says of our DLL. The same words in both catalogs: 32-bit programs are redirected to
 * SysWOW64. */
#define PLACES_CATALOG_DLL "%SystemRoot%\\system32\\sockwarden.dll"

typedef struct places {
  WCHAR root[PLACE_CHARS];      /* ProgramData\Sockwarden: only administrators write */
  WCHAR policies[PLACE_CHARS];  /* root\policies */
  WCHAR logs[PLACE_CHARS];      /* root\logs */
  WCHAR snapshots[PLACE_CHARS]; /* root\snapshots */
  WCHAR journal[PLACE_CHARS];   /* root\setup.journal */
  WCHAR dll[2][PLACE_CHARS];    /* by view: where the DLL goes */
  WCHAR source[2][PLACE_CHARS]; /* by view: where it comes from, beside this program */
  WCHAR program[PLACE_CHARS];   /* this program */
} places_t;

/* False, and told on stderr, where one cannot be found out. */
bool places_find(places_t *places);

/* folder\name into `path`. */
void places_join(WCHAR path[PLACE_CHARS], const WCHAR *folder, const WCHAR *name);

/* A command line's argument (UTF-8) as a full path; false where it is none. */
bool places_full(const char *argument, WCHAR path[PLACE_CHARS]);

/* UTF-8 of a path, for people. */
const char *places_text(const WCHAR *path, char *text, size_t size);

#endif

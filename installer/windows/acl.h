/*
 * protect.h - who may do what with our folders and DLLs.
 */
#ifndef SOCKWARDEN_INSTALLER_PROTECT_H
#define SOCKWARDEN_INSTALLER_PROTECT_H

#include <stdbool.h>
#include <winsock2.h>
#include <windows.h>

typedef enum protection {
  PROTECT_POLICIES, /* administrators write; every process reads, AppContainers too */
  PROTECT_LOGS,  /* administrators all; every process, of low integrity and AppContainers too, adds files and
                    appends */
  PROTECT_SETUP, /* administrators only: what repair goes by must be nobody else's */
  PROTECT_DLL    /* administrators write; every process reads and executes, AppContainers too */
} protection_t;

/* The security descriptor in SDDL, with SIDs where Windows 7 lacks the letters. Static text. */
const WCHAR *protect_text(protection_t protection);

/* Gives a file or folder that protection, whoever owned it before: 0 or the error. */
DWORD protect_apply(const WCHAR *path, protection_t protection);

/* Makes the folder under that protection, or gives it to the one that is there. *made tells which. 0 or the
 * error. */
DWORD protect_make_folder(const WCHAR *path, protection_t protection, bool *made);

#endif

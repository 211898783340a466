/*
 * acl.h - the access lists of our folders and DLLs. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_ACL_H
#define SOCKWARDEN_INSTALLER_ACL_H

#include <stdbool.h>
#include <winsock2.h>
#include <windows.h>

typedef enum acl_kind {
  ACL_POLICIES, /* administrators write; every process reads, AppContainers too */
  ACL_LOGS, /* administrators: all; every process, of low integrity and AppContainers too, adds files, appends
             */
  ACL_SETUP, /* administrators write: what repair goes by must be nobody else's */
  ACL_DLL    /* administrators write; every process reads and executes, AppContainers too */
} acl_kind_t;

/* The security descriptor in SDDL, with SIDs where Windows 7 lacks the letters. Static text. */
const WCHAR *acl_sddl(acl_kind_t kind);

/* Gives a file or folder that owner and access list, whoever owned it before: 0 or the error. */
DWORD acl_apply(const WCHAR *path, acl_kind_t kind);

/* Makes the folder with that access list, or gives it to the one that is there; *made says which. A link in
 * its place is an error. 0 or the error. */
DWORD acl_make_folder(const WCHAR *path, acl_kind_t kind, bool *made);

#endif

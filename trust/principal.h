/*
 * principal.h - who is who among security identifiers: names, and who owns the machine anyway. Windows only.
 *
 * Administrators are SYSTEM, TrustedInstaller, the Administrators group, the built-in Administrator (RID
 * 500), Domain Admins (512) and Enterprise Admins (519). CREATOR OWNER and OWNER RIGHTS mean the owner, who
 * must be one of these, and count as administrators for that reason.
 */
#ifndef SOCKWARDEN_PRINCIPAL_H
#define SOCKWARDEN_PRINCIPAL_H

#include <stdbool.h>

#include <windows.h>

/* The name of a well-known SID ("Everyone"), or NULL. Static text. Pure; any thread. */
const char *principal_name(PSID sid);

/* Pure; any thread. */
bool principal_is_administrator(PSID sid);

/* The account that this process runs as, in *sid, where its token has Administrators enabled; else false. Any
 * thread, whomever it impersonates. */
bool principal_own_administrator(BYTE sid[SECURITY_MAX_SID_SIZE]);

#endif

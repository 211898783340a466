/*
 * platform_win32_trust.h - who could have written a policy: judging Windows security descriptors. Windows
 * only; pure but for trust_own_account and trust_of_handle; any thread.
 *
 * A policy runs in every process, those of services and administrators among them. So nobody may be able to
 * write one but those who own the machine anyway: SYSTEM, TrustedInstaller, the Administrators group, the
 * built-in Administrator (RID 500), Domain Admins (512) and Enterprise Admins (519). CREATOR OWNER and OWNER
 * RIGHTS mean the owner, who must be one of these. Deny entries are not weighed: they never make a grant
 * harmless here.
 */
#ifndef SOCKWARDEN_PLATFORM_WIN32_TRUST_H
#define SOCKWARDEN_PLATFORM_WIN32_TRUST_H

#include <windows.h>

#include "platform.h"

typedef enum trust_object {
  TRUST_FILE,     /* a policy: nobody else may change it */
  TRUST_FOLDER,   /* the policy folder: nor what is in it */
  TRUST_ANCESTOR, /* a folder on the way there: nor put another in its place. Others may make files there */
  TRUST_LINK      /* a link on the way there: nor point it elsewhere */
} trust_object_t;

typedef enum trust_reason { TRUST_OWNED, TRUST_GRANTED, TRUST_NO_LIST, TRUST_UNREADABLE } trust_reason_t;

typedef struct trust_doubt {
  trust_reason_t reason;
  PSID sid; /* in the descriptor; NULL for the last two reasons */
  DWORD rights;
} trust_doubt_t;

enum { TRUST_DOUBTS_MAX = 4 };

/* What stands against trusting the object: nothing where count is 0. Where more than fits stands against it,
 * the first are told. */
typedef struct trust_judgement {
  size_t count;
  trust_doubt_t doubts[TRUST_DOUBTS_MAX];
} trust_judgement_t;

/* `own`, where not NULL, is trusted too. */
trust_judgement_t trust_judge(PSECURITY_DESCRIPTOR descriptor, trust_object_t object, PSID own);

/* The account that this process runs as, where its token has Administrators enabled; else NULL. The SID lies
 * in a block of *memory that the caller frees through *block. */
PSID trust_own_account(const memory_t *memory, void **block);

/*
 * Judge what is open there; `path` is for the words. The handle needs READ_CONTROL. PLATFORM_OK;
 * PLATFORM_UNPROTECTED, or another trouble, with *doubt filled in; PLATFORM_UNGUARDED where the volume keeps
 * no access lists.
 */
platform_status_t trust_of_handle(HANDLE handle, trust_object_t object, const char *path,
                                  const memory_t *memory, platform_doubt_t *doubt);

/* The judgement in words. Pure. */
void trust_tell(const trust_judgement_t *judgement, trust_object_t object, const char *path,
                platform_doubt_t *doubt);

#endif

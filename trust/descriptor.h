/*
 * descriptor.h - what in a security descriptor lets non-administrators write a policy. Windows only. Pure;
 * any thread.
 *
 * A policy runs in every process, those of services and administrators among them. So nobody may be able to
 * write one but those who own the machine anyway (principal.h). Deny entries are not weighed: they never make
 * a grant harmless here.
 */
#ifndef SOCKWARDEN_DESCRIPTOR_H
#define SOCKWARDEN_DESCRIPTOR_H

#include <stddef.h>

#include <windows.h>

typedef enum trust_object {
  TRUST_FILE,     /* a policy: nobody else may change it */
  TRUST_FOLDER,   /* the policy folder: nor what is in it */
  TRUST_ANCESTOR, /* a folder above it: nor put another in its place. Others may make files there */
  TRUST_LINK      /* a link on the path to it: nor point it elsewhere */
} trust_object_t;

typedef enum trust_reason { TRUST_OWNER, TRUST_GRANT, TRUST_NO_LIST, TRUST_INVALID } trust_reason_t;

typedef struct trust_finding {
  trust_reason_t reason;
  PSID sid; /* in the descriptor; NULL for the last two reasons */
  DWORD rights;
} trust_finding_t;

enum { TRUST_FINDINGS_MAX = 4 };

/* What speaks against trusting the object: nothing where count is 0. Only the first findings are kept. */
typedef struct trust_findings {
  size_t count;
  trust_finding_t list[TRUST_FINDINGS_MAX];
} trust_findings_t;

/* `own`, where not NULL, counts as an administrator too. The findings point into the descriptor. */
trust_findings_t descriptor_judge(PSECURITY_DESCRIPTOR descriptor, trust_object_t object, PSID own);

#endif

#include "descriptor.h"

#include <stdbool.h>

#include "principal.h"

/* Writing attributes counts as writing: it is enough to make a link of an empty folder, and to set back the
 * time by which a change is noticed. Folders on the way hold something, so they cannot become links; but who
 * may delete one (or rename it, which is the same right) puts his own in its place. */
static const DWORD replacing = DELETE | FILE_DELETE_CHILD | WRITE_DAC | WRITE_OWNER | GENERIC_ALL;
static const DWORD writing = DELETE | FILE_DELETE_CHILD | WRITE_DAC | WRITE_OWNER | GENERIC_ALL |
                             GENERIC_WRITE | FILE_WRITE_DATA | FILE_APPEND_DATA | FILE_WRITE_EA |
                             FILE_WRITE_ATTRIBUTES;

static bool descriptor__is_trusted(PSID sid, PSID own)
{
  return (own != NULL && EqualSid(sid, own)) || principal_is_administrator(sid);
}

/* A SID is listed once a reason. */
static void descriptor__add(trust_findings_t *findings, trust_reason_t reason, PSID sid, DWORD rights)
{
  for (size_t i = 0; sid != NULL && i < findings->count; i++)
    if (findings->list[i].reason == reason && EqualSid(findings->list[i].sid, sid)) {
      findings->list[i].rights |= rights;
      return;
    }
  if (findings->count < TRUST_FINDINGS_MAX)
    findings->list[findings->count++] = (trust_finding_t){reason, sid, rights};
}

/* Kinds that allow nothing: denials, audits, alarms, labels and other notes. */
static bool descriptor__allows_nothing(BYTE type)
{
  switch (type) {
  case ACCESS_ALLOWED_ACE_TYPE:
  case ACCESS_ALLOWED_CALLBACK_ACE_TYPE:
  case ACCESS_ALLOWED_OBJECT_ACE_TYPE:
  case ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE:
  case ACCESS_ALLOWED_COMPOUND_ACE_TYPE:
    return false;
  default:
    return type <= 0x15; /* SYSTEM_ACCESS_FILTER_ACE_TYPE, the last one that winnt.h of Windows 11 knows */
  }
}

/* Whom an allowing entry names; NULL where that is invalid. A condition in it is not weighed. */
static PSID descriptor__entry_sid(const ACE_HEADER *ace)
{
  size_t offset = offsetof(ACCESS_ALLOWED_ACE, SidStart);

  if (ace->AceType == ACCESS_ALLOWED_OBJECT_ACE_TYPE ||
      ace->AceType == ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE) {
    offset = offsetof(ACCESS_ALLOWED_OBJECT_ACE, ObjectType);
    if (ace->AceSize < offset)
      return NULL;
    DWORD present = ((const ACCESS_ALLOWED_OBJECT_ACE *)ace)->Flags;
    offset += (present & ACE_OBJECT_TYPE_PRESENT ? sizeof(GUID) : 0) +
              (present & ACE_INHERITED_OBJECT_TYPE_PRESENT ? sizeof(GUID) : 0);
  } else if (ace->AceType != ACCESS_ALLOWED_ACE_TYPE && ace->AceType != ACCESS_ALLOWED_CALLBACK_ACE_TYPE) {
    return NULL;
  }
  const size_t head = offsetof(SID, SubAuthority);
  if (ace->AceSize < offset + head)
    return NULL;
  SID *sid = (SID *)(ULONG_PTR)((const BYTE *)ace + offset);
  return ace->AceSize - offset - head >= sid->SubAuthorityCount * sizeof(DWORD) && IsValidSid(sid) ? sid
                                                                                                   : NULL;
}

static void descriptor__judge_entry(const ACE_HEADER *ace, DWORD weighed, PSID own,
                                    trust_findings_t *findings)
{
  if (ace->AceFlags & INHERIT_ONLY_ACE || descriptor__allows_nothing(ace->AceType))
    return;
  /* Every kind of entry that allows something has its mask in that place. */
  DWORD rights = ((const ACCESS_ALLOWED_ACE *)ace)->Mask & weighed;
  PSID sid = descriptor__entry_sid(ace);
  if (sid == NULL)
    descriptor__add(findings, TRUST_INVALID, NULL, 0);
  else if (rights && !descriptor__is_trusted(sid, own))
    descriptor__add(findings, TRUST_GRANT, sid, rights);
}

trust_findings_t descriptor_judge(PSECURITY_DESCRIPTOR descriptor, trust_object_t object, PSID own)
{
  trust_findings_t findings = {0};
  PSID owner = NULL;
  PACL list = NULL;
  BOOL present = FALSE, defaulted;

  if (!IsValidSecurityDescriptor(descriptor) || !GetSecurityDescriptorOwner(descriptor, &owner, &defaulted) ||
      owner == NULL || !IsValidSid(owner) ||
      !GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted)) {
    descriptor__add(&findings, TRUST_INVALID, NULL, 0);
    return findings;
  }
  if (!descriptor__is_trusted(owner, own))
    descriptor__add(&findings, TRUST_OWNER, owner, WRITE_DAC);
  if (!present || list == NULL) { /* everyone may do everything; an empty list is the opposite */
    descriptor__add(&findings, TRUST_NO_LIST, NULL, 0);
    return findings;
  }
  for (DWORD i = 0; i < list->AceCount; i++) {
    ACE_HEADER *ace;

    if (GetAce(list, i, (void **)&ace) && ace->AceSize >= offsetof(ACCESS_ALLOWED_ACE, SidStart))
      descriptor__judge_entry(ace, object == TRUST_ANCESTOR ? replacing : writing, own, &findings);
    else
      descriptor__add(&findings, TRUST_INVALID, NULL, 0);
  }
  return findings;
}

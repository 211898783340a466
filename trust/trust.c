#include "trust.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text_match.h"

/* ---- who is who ---- */

static const SID_IDENTIFIER_AUTHORITY nt_authority = {SECURITY_NT_AUTHORITY};

/* The table knows SIDs by their text: LookupAccountSid would take RPC, in somebody else's process. */
typedef struct known_sid {
  const char *text, *name;
  bool trusted;
} known_sid_t;

static const known_sid_t known_sids[] = {
    {"S-1-5-18", "SYSTEM", true},
    {"S-1-5-32-544", "Administrators", true},
    {"S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464", "TrustedInstaller", true},
    {"S-1-3-0", "CREATOR OWNER", true},
    {"S-1-3-4", "OWNER RIGHTS", true},
    {"S-1-1-0", "Everyone", false},
    {"S-1-5-2", "NETWORK", false},
    {"S-1-5-4", "INTERACTIVE", false},
    {"S-1-5-6", "SERVICE", false},
    {"S-1-5-7", "ANONYMOUS LOGON", false},
    {"S-1-5-11", "Authenticated Users", false},
    {"S-1-5-19", "LOCAL SERVICE", false},
    {"S-1-5-20", "NETWORK SERVICE", false},
    {"S-1-5-32-545", "Users", false},
    {"S-1-5-32-546", "Guests", false},
    {"S-1-5-32-547", "Power Users", false},
    {"S-1-15-2-1", "ALL APPLICATION PACKAGES", false},
    {"S-1-15-2-2", "ALL RESTRICTED APPLICATION PACKAGES", false},
};

enum { SID_TEXT_MAX = 192 }; /* 15 numbers of 10 digits, and the head */

static void trust__sid_text(PSID sid, char text[SID_TEXT_MAX])
{
  const BYTE *authority = GetSidIdentifierAuthority(sid)->Value;
  uint64_t value = 0;

  for (int i = 0; i < 6; i++)
    value = value << 8 | authority[i];
  int used = snprintf(text, SID_TEXT_MAX, "S-1-%lu", (unsigned long)value);
  for (UCHAR i = 0; i < *GetSidSubAuthorityCount(sid); i++)
    used += snprintf(text + used, (size_t)(SID_TEXT_MAX - used), "-%lu", *GetSidSubAuthority(sid, i));
}

static const known_sid_t *trust__known_sid(const char *text)
{
  for (size_t i = 0; i < sizeof known_sids / sizeof known_sids[0]; i++)
    if (strcmp(known_sids[i].text, text) == 0)
      return &known_sids[i];
  return NULL;
}

/* S-1-5-21-(three numbers of the machine or domain)-RID. */
static bool trust__is_account(PSID sid, DWORD rid)
{
  return memcmp(GetSidIdentifierAuthority(sid), &nt_authority, sizeof nt_authority) == 0 &&
         *GetSidSubAuthorityCount(sid) == 5 && *GetSidSubAuthority(sid, 0) == SECURITY_NT_NON_UNIQUE &&
         *GetSidSubAuthority(sid, 4) == rid;
}

static bool trust__is_trusted(PSID sid, PSID own)
{
  char text[SID_TEXT_MAX];

  if (own != NULL && EqualSid(sid, own))
    return true;
  if (trust__is_account(sid, DOMAIN_USER_RID_ADMIN) || trust__is_account(sid, DOMAIN_GROUP_RID_ADMINS) ||
      trust__is_account(sid, DOMAIN_GROUP_RID_ENTERPRISE_ADMINS))
    return true;
  trust__sid_text(sid, text);
  const known_sid_t *known = trust__known_sid(text);
  return known != NULL && known->trusted;
}

/* ---- judging ---- */

/* Writing attributes counts as writing: it is enough to make a link of an empty folder, and to set back the
 * time by which a change is noticed. Folders on the way hold something, so they cannot become links; but who
 * may delete one (or rename it, which is the same right) puts his own in its place. */
static const DWORD replacing = DELETE | FILE_DELETE_CHILD | WRITE_DAC | WRITE_OWNER | GENERIC_ALL;
static const DWORD writing = DELETE | FILE_DELETE_CHILD | WRITE_DAC | WRITE_OWNER | GENERIC_ALL |
                             GENERIC_WRITE | FILE_WRITE_DATA | FILE_APPEND_DATA | FILE_WRITE_EA |
                             FILE_WRITE_ATTRIBUTES;

static void trust__add_doubt(trust_judgement_t *judgement, trust_reason_t reason, PSID sid, DWORD rights)
{
  for (size_t i = 0; sid != NULL && i < judgement->count; i++)
    if (judgement->doubts[i].reason == reason && EqualSid(judgement->doubts[i].sid, sid)) {
      judgement->doubts[i].rights |= rights;
      return;
    }
  if (judgement->count < TRUST_DOUBTS_MAX)
    judgement->doubts[judgement->count++] = (trust_doubt_t){reason, sid, rights};
}

/* Kinds that allow nothing: denials, audits, alarms, labels and other notes. */
static bool trust__allows_nothing(BYTE type)
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

/* Whom an allowing entry names; NULL where that cannot be made out. A condition in it is not weighed. */
static PSID trust__ace_sid(const ACE_HEADER *ace)
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

static void trust__judge_entry(const ACE_HEADER *ace, DWORD weighed, PSID own, trust_judgement_t *judgement)
{
  if (ace->AceFlags & INHERIT_ONLY_ACE || trust__allows_nothing(ace->AceType))
    return;
  /* Every kind of entry that allows something has its mask in that place. */
  DWORD rights = ((const ACCESS_ALLOWED_ACE *)ace)->Mask & weighed;
  PSID sid = trust__ace_sid(ace);
  if (sid == NULL)
    trust__add_doubt(judgement, TRUST_UNREADABLE, NULL, 0);
  else if (rights && !trust__is_trusted(sid, own))
    trust__add_doubt(judgement, TRUST_GRANTED, sid, rights);
}

trust_judgement_t trust_judge(PSECURITY_DESCRIPTOR descriptor, trust_object_t object, PSID own)
{
  trust_judgement_t judgement = {0};
  PSID owner = NULL;
  PACL list = NULL;
  BOOL present = FALSE, defaulted;

  if (!IsValidSecurityDescriptor(descriptor) || !GetSecurityDescriptorOwner(descriptor, &owner, &defaulted) ||
      owner == NULL || !IsValidSid(owner) ||
      !GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted)) {
    trust__add_doubt(&judgement, TRUST_UNREADABLE, NULL, 0);
    return judgement;
  }
  if (!trust__is_trusted(owner, own))
    trust__add_doubt(&judgement, TRUST_OWNED, owner, WRITE_DAC);
  if (!present || list == NULL) { /* everybody may do everything; an empty list is the opposite */
    trust__add_doubt(&judgement, TRUST_NO_LIST, NULL, 0);
    return judgement;
  }
  for (DWORD i = 0; i < list->AceCount; i++) {
    ACE_HEADER *ace;

    if (GetAce(list, i, (void **)&ace) && ace->AceSize >= offsetof(ACCESS_ALLOWED_ACE, SidStart))
      trust__judge_entry(ace, object == TRUST_ANCESTOR ? replacing : writing, own, &judgement);
    else
      trust__add_doubt(&judgement, TRUST_UNREADABLE, NULL, 0);
  }
  return judgement;
}

/* ---- in words ---- */

static void trust__append(char *text, size_t size, const char *format, ...)
    __attribute__((format(gnu_printf, 3, 4)));
static void trust__append(char *text, size_t size, const char *format, ...)
{
  size_t used = strlen(text);
  va_list arguments;

  va_start(arguments, format);
  vsnprintf(text + used, size - used, format, arguments);
  va_end(arguments);
}

static void trust__tell_rights(DWORD rights, bool folder, char *text, size_t size)
{
  static const struct {
    DWORD right;
    const char *file, *folder;
  } words[] = {
      {GENERIC_ALL, "do everything", "do everything"},
      {GENERIC_WRITE, "write", "write"},
      {FILE_WRITE_DATA, "write data", "add files"},
      {FILE_APPEND_DATA, "append data", "add folders"},
      {FILE_WRITE_EA, "write extended attributes", "write extended attributes"},
      {FILE_WRITE_ATTRIBUTES, "write attributes", "write attributes"},
      {FILE_DELETE_CHILD, "delete children", "delete what is in it"},
      {DELETE, "delete or rename it", "delete or rename it"},
      {WRITE_DAC, "change its access list", "change its access list"},
      {WRITE_OWNER, "take ownership", "take ownership"},
  };
  const char *between = " may ";

  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (rights & words[i].right) {
      trust__append(text, size, "%s%s", between, folder ? words[i].folder : words[i].file);
      between = ", ";
    }
}

static void trust__tell_who(PSID sid, char *text, size_t size)
{
  char number[SID_TEXT_MAX];

  trust__sid_text(sid, number);
  const known_sid_t *known = trust__known_sid(number);
  if (known != NULL)
    trust__append(text, size, "%s (%s)", known->name, number);
  else
    trust__append(text, size, "%s", number);
}

static void trust__tell_doubt(const trust_doubt_t *doubt, bool folder, char *text, size_t size)
{
  switch (doubt->reason) {
  case TRUST_OWNED:
    trust__tell_who(doubt->sid, text, size);
    trust__append(text, size, " owns it");
    break;
  case TRUST_GRANTED:
    trust__tell_who(doubt->sid, text, size);
    trust__tell_rights(doubt->rights, folder, text, size);
    break;
  case TRUST_NO_LIST:
    trust__append(text, size, "it has no access list, so everybody may do everything");
    break;
  case TRUST_UNREADABLE:
    trust__append(text, size, "its access list cannot be made out");
    break;
  }
}

/* Lines for an administrator's command prompt, joined by "&". Inherited entries become its own first, or they
 * could not be removed. */
static void trust__tell_remedy(const trust_judgement_t *judgement, bool folder, const char *path, char *text,
                               size_t size)
{
  const char *between = "as administrator: ", *children = folder ? "(OI)(CI)" : "";
  bool split = false, anew = false;

  for (size_t i = 0; i < judgement->count; i++) {
    char who[SID_TEXT_MAX];

    switch (judgement->doubts[i].reason) {
    case TRUST_OWNED:
      trust__append(text, size, "%sicacls \"%s\" /setowner *S-1-5-32-544", between, path);
      break;
    case TRUST_GRANTED:
      if (!split) {
        trust__append(text, size, "%sicacls \"%s\" /inheritance:d", between, path);
        between = " & ";
      }
      split = true;
      trust__sid_text(judgement->doubts[i].sid, who);
      trust__append(text, size, "%sicacls \"%s\" /remove:g *%s", between, path, who);
      break;
    case TRUST_NO_LIST:
    case TRUST_UNREADABLE:
      if (!anew)
        trust__append(
            text, size,
            "%sicacls \"%s\" /reset & icacls \"%s\" /inheritance:r /grant:r *S-1-5-18:%sF *S-1-5-32-544:%sF "
            "*S-1-1-0:%sRX *S-1-15-2-1:%sRX",
            between, path, path, children, children, children, children);
      anew = true;
      break;
    }
    between = " & ";
  }
}

void trust_tell(const trust_judgement_t *judgement, trust_object_t object, const char *path,
                platform_doubt_t *doubt)
{
  static const char *const heads[] = {
      [TRUST_FILE] = "others than administrators can change it: ",
      [TRUST_FOLDER] = "others than administrators can change what is in it: ",
      [TRUST_ANCESTOR] = "others than administrators can put another folder in its place",
      [TRUST_LINK] = "others than administrators can put another folder in its place",
  };
  bool folder = object != TRUST_FILE;

  doubt->what[0] = doubt->remedy[0] = 0;
  trust__append(doubt->what, sizeof doubt->what, "%s", heads[object]);
  if (object == TRUST_ANCESTOR || object == TRUST_LINK)
    trust__append(doubt->what, sizeof doubt->what, ", by \"%s\": ", path);
  for (size_t i = 0; i < judgement->count; i++) {
    trust__append(doubt->what, sizeof doubt->what, "%s", i ? "; " : "");
    trust__tell_doubt(&judgement->doubts[i], folder, doubt->what, sizeof doubt->what);
  }
  trust__tell_remedy(judgement, folder, path, doubt->remedy, sizeof doubt->remedy);
  text_cut(doubt->what);
  text_cut(doubt->remedy);
}

/* ---- asking the system ---- */

static void *trust__token_information(HANDLE token, TOKEN_INFORMATION_CLASS information,
                                      const memory_t *memory)
{
  DWORD size = 0;

  GetTokenInformation(token, information, NULL, 0, &size);
  void *block = size ? memory_resize(memory, NULL, size) : NULL;
  if (block != NULL && !GetTokenInformation(token, information, block, size, &size)) {
    memory_free(memory, block);
    return NULL;
  }
  return block;
}

static bool trust__has_administrators(const TOKEN_GROUPS *groups)
{
  for (DWORD i = 0; i < groups->GroupCount; i++)
    if (groups->Groups[i].Attributes & SE_GROUP_ENABLED &&
        IsWellKnownSid(groups->Groups[i].Sid, WinBuiltinAdministratorsSid))
      return true;
  return false;
}

PSID trust_own_account(const memory_t *memory, void **block)
{
  HANDLE token;

  *block = NULL;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
    return NULL;
  TOKEN_GROUPS *groups = trust__token_information(token, TokenGroups, memory);
  if (groups != NULL && trust__has_administrators(groups))
    *block = trust__token_information(token, TokenUser, memory);
  memory_free(memory, groups);
  CloseHandle(token);
  return *block != NULL ? ((TOKEN_USER *)*block)->User.Sid : NULL;
}

/* GetVolumeInformationByHandleW came with Vista; what cannot be asked is taken to keep lists. */
static bool trust__keeps_lists(HANDLE handle)
{
  typedef BOOL(WINAPI * volume_fn)(HANDLE, LPWSTR, DWORD, LPDWORD, LPDWORD, LPDWORD, LPWSTR, DWORD);
  volume_fn volume =
      (volume_fn)(void *)GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "GetVolumeInformationByHandleW");
  DWORD flags = 0;

  return volume == NULL || !volume(handle, NULL, 0, NULL, NULL, &flags, NULL, 0) ||
         flags & FILE_PERSISTENT_ACLS;
}

platform_status_t trust_of_handle(HANDLE handle, trust_object_t object, const char *path,
                                  const memory_t *memory, platform_doubt_t *doubt)
{
  const SECURITY_INFORMATION wanted = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
  platform_status_t status = PLATFORM_OK;
  DWORD size = 0;
  void *own = NULL;

  if (!trust__keeps_lists(handle))
    return PLATFORM_UNGUARDED;
  GetKernelObjectSecurity(handle, wanted, NULL, 0, &size);
  PSECURITY_DESCRIPTOR descriptor = memory_resize(memory, NULL, size ? size : 1);
  if (descriptor == NULL)
    return PLATFORM_NO_MEMORY;
  if (!size || !GetKernelObjectSecurity(handle, wanted, descriptor, size, &size)) {
    status = PLATFORM_UNPROTECTED;
    snprintf(doubt->what, sizeof doubt->what, "who can change \"%s\" cannot be read (error %lu)", path,
             GetLastError());
    doubt->remedy[0] = 0;
    goto cleanup_descriptor;
  }
  trust_judgement_t judgement = trust_judge(descriptor, object, NULL);
  if (judgement.count) { /* the process's own account is asked for only where it could matter */
    PSID account = trust_own_account(memory, &own);

    if (account != NULL)
      judgement = trust_judge(descriptor, object, account);
  }
  if (judgement.count) {
    status = PLATFORM_UNPROTECTED;
    trust_tell(&judgement, object, path, doubt);
  }
  memory_free(memory, own);
cleanup_descriptor:
  memory_free(memory, descriptor);
  return status;
}

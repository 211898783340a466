#include "principal.h"

#include <stdlib.h>
#include <string.h>

#include "sid.h"

/* By their text: LookupAccountSid would take RPC, in somebody else's process. */
typedef struct known_sid {
  const char *text, *name;
  bool administrator;
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

static const known_sid_t *principal__find_known(PSID sid)
{
  char text[SID_TEXT_MAX];

  sid_text(sid, text);
  for (size_t i = 0; i < sizeof known_sids / sizeof known_sids[0]; i++)
    if (strcmp(known_sids[i].text, text) == 0)
      return &known_sids[i];
  return NULL;
}

const char *principal_name(PSID sid)
{
  const known_sid_t *known = principal__find_known(sid);

  return known != NULL ? known->name : NULL;
}

/* S-1-5-21-(three numbers of the machine or domain)-RID. */
static bool principal__is_account(PSID sid, DWORD rid)
{
  static const SID_IDENTIFIER_AUTHORITY nt_authority = {SECURITY_NT_AUTHORITY};

  return memcmp(GetSidIdentifierAuthority(sid), &nt_authority, sizeof nt_authority) == 0 &&
         *GetSidSubAuthorityCount(sid) == 5 && *GetSidSubAuthority(sid, 0) == SECURITY_NT_NON_UNIQUE &&
         *GetSidSubAuthority(sid, 4) == rid;
}

bool principal_is_administrator(PSID sid)
{
  const known_sid_t *known = principal__find_known(sid);

  return (known != NULL && known->administrator) || principal__is_account(sid, DOMAIN_USER_RID_ADMIN) ||
         principal__is_account(sid, DOMAIN_GROUP_RID_ADMINS) ||
         principal__is_account(sid, DOMAIN_GROUP_RID_ENTERPRISE_ADMINS);
}

/* In a block that the caller frees; NULL where it cannot be had. */
static void *principal__read_token(HANDLE token, TOKEN_INFORMATION_CLASS information)
{
  DWORD size = 0;

  GetTokenInformation(token, information, NULL, 0, &size);
  void *block = size ? malloc(size) : NULL;
  if (block != NULL && !GetTokenInformation(token, information, block, size, &size)) {
    free(block);
    return NULL;
  }
  return block;
}

static bool principal__has_administrators(const TOKEN_GROUPS *groups)
{
  for (DWORD i = 0; i < groups->GroupCount; i++)
    if (groups->Groups[i].Attributes & SE_GROUP_ENABLED &&
        IsWellKnownSid(groups->Groups[i].Sid, WinBuiltinAdministratorsSid))
      return true;
  return false;
}

bool principal_own_administrator(BYTE sid[SECURITY_MAX_SID_SIZE])
{
  HANDLE token;
  bool found = false;

  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
    return false;
  TOKEN_GROUPS *groups = principal__read_token(token, TokenGroups);
  if (groups != NULL && principal__has_administrators(groups)) {
    TOKEN_USER *user = principal__read_token(token, TokenUser);

    found = user != NULL && CopySid(SECURITY_MAX_SID_SIZE, sid, user->User.Sid);
    free(user);
  }
  free(groups);
  CloseHandle(token);
  return found;
}

#include "process_token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "utf8.h"
#include "winsock.h"

enum { ACCOUNT_CHARS = 512, SID_CHARS = 256 };

/* One kind of information of the process's token, in memory of its own; NULL where it cannot be had. */
static void *process_token__query(TOKEN_INFORMATION_CLASS kind)
{
  HANDLE token;
  DWORD size = 0;
  void *information = NULL;

  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
    return NULL;
  GetTokenInformation(token, kind, NULL, 0, &size);
  if (size > 0)
    information = malloc(size);
  if (information != NULL && !GetTokenInformation(token, kind, information, size, &size)) {
    free(information);
    information = NULL;
  }
  CloseHandle(token);
  return information;
}

char *process_token_user(void)
{
  WCHAR name[ACCOUNT_CHARS], account[2 * ACCOUNT_CHARS];
  DWORD name_chars = ACCOUNT_CHARS, domain_chars = ACCOUNT_CHARS;
  TOKEN_USER *user = process_token__query(TokenUser);
  SID_NAME_USE use;
  char *text = NULL;

  if (user != NULL &&
      LookupAccountSidW(NULL, user->User.Sid, name, &name_chars, account, &domain_chars, &use)) {
    if (account[0] != L'\0')
      wcscat(account, L"\\");
    wcscat(account, name);
    text = utf8_copy(account);
  }
  free(user);
  return text;
}

char *process_token_sid(void)
{
  TOKEN_USER *user = process_token__query(TokenUser);

  if (user == NULL)
    return NULL;

  PSID sid = user->User.Sid;
  const SID_IDENTIFIER_AUTHORITY *authority = GetSidIdentifierAuthority(sid);
  unsigned long long number = 0;
  char text[SID_CHARS];
  for (int i = 0; i < 6; i++)
    number = number << 8 | authority->Value[i];
  /* Authorities of 2^32 and more are written in hexadecimal (Microsoft, "SID Components"). */
  int length = number >> 32 != 0 ? sprintf(text, "S-%d-0x%012llx", ((const SID *)sid)->Revision, number)
                                 : sprintf(text, "S-%d-%llu", ((const SID *)sid)->Revision, number);
  for (DWORD i = 0; i < *GetSidSubAuthorityCount(sid); i++)
    length += sprintf(text + length, "-%lu", *GetSidSubAuthority(sid, i));
  free(user);
  char *copy = malloc((size_t)length + 1);
  return copy == NULL ? NULL : memcpy(copy, text, (size_t)length + 1);
}

/* Before Vista there is no elevation: an administrator is one. */
static bool process_token__is_administrator(void)
{
  BYTE administrators[SECURITY_MAX_SID_SIZE];
  DWORD size = sizeof administrators;
  BOOL member = FALSE;

  return CreateWellKnownSid(WinBuiltinAdministratorsSid, NULL, administrators, &size) &&
         CheckTokenMembership(NULL, administrators, &member) && member;
}

bool process_token_elevated(void)
{
  TOKEN_ELEVATION *elevation = process_token__query(TokenElevation);
  bool elevated = elevation != NULL ? elevation->TokenIsElevated != 0 : process_token__is_administrator();

  free(elevation);
  return elevated;
}

bool process_token_is_service(void)
{
  TOKEN_GROUPS *groups = process_token__query(TokenGroups);
  BYTE service[SECURITY_MAX_SID_SIZE];
  DWORD size = sizeof service;
  bool found = false;

  if (groups != NULL && CreateWellKnownSid(WinServiceSid, NULL, service, &size))
    for (DWORD i = 0; i < groups->GroupCount && !found; i++)
      found = EqualSid(groups->Groups[i].Sid, service) != 0;
  free(groups);
  return found;
}

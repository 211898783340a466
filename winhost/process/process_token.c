#include "process_token.h"

#include <stdlib.h>
#include <string.h>
#include "sid.h"
#include "utf8.h"
#include "winsock.h"

enum { ACCOUNT_CHARS = 512 };

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
  char text[SID_TEXT_MAX];

  if (user == NULL)
    return NULL;
  size_t length = sid_text(user->User.Sid, text);
  free(user);
  char *copy = malloc(length + 1);
  return copy == NULL ? NULL : memcpy(copy, text, length + 1);
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

#include "impersonation.h"

HANDLE impersonation_suspend(void)
{
  HANDLE token;

  /* TRUE: whether we may open the token is asked of the process, not of the client. */
  if (!OpenThreadToken(GetCurrentThread(), TOKEN_IMPERSONATE | TOKEN_QUERY, TRUE, &token))
    return NULL;
  if (RevertToSelf())
    return token;
  CloseHandle(token);
  return NULL;
}

void impersonation_resume(HANDLE token)
{
  SetThreadToken(NULL, token);
  CloseHandle(token);
}

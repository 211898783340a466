#include "check.h"

#include <stdio.h>

int check_failures;

void check_that(BOOL holds, const char *what, const char *subject, int line)
{
  if (holds)
    return;
  check_failures++;
  printf("line %d: %s%s%s\n", line, subject, *subject ? ": " : "", what);
}

int check_socket(int af, int type, int protocol)
{
  SOCKET s = WSASocketW(af, type, protocol, NULL, 0, WSA_FLAG_OVERLAPPED);

  if (s == INVALID_SOCKET)
    return WSAGetLastError();
  closesocket(s);
  return 0;
}

#include "base_raw.h"

#include "builtin.h"

enum { RAW_COUNT = 64 };

typedef struct raw {
  SOCKET socket; /* 0: free */
  int family, protocol;
} raw_t;

static raw_t raws[RAW_COUNT];
static volatile LONG used; /* how many; most processes have none, and take no lock */
static SRWLOCK lock = SRWLOCK_INIT;

static raw_t *find(SOCKET socket)
{
  for (int i = 0; i < RAW_COUNT; i++) {
    if (raws[i].socket == socket)
      return raws + i;
  }
  return NULL;
}

static BOOL note(SOCKET socket, int family, int protocol)
{
  AcquireSRWLockExclusive(&lock);
  raw_t *raw = find(0);
  if (raw != NULL) {
    *raw = (raw_t){socket, family, protocol};
    used++;
  }
  ReleaseSRWLockExclusive(&lock);
  return raw != NULL;
}

SOCKET base_raw_make(int family, int protocol, DWORD flags)
{
  DWORD refusal = GetLastError();
  SOCKET socket = INVALID_SOCKET;

  if (GetEnvironmentVariableA("BASE_RAW_STAND_IN", NULL, 0))
    socket = builtin()->WSASocketW(family, SOCK_DGRAM, IPPROTO_UDP, NULL, 0, flags);
  if (socket != INVALID_SOCKET && !note(socket, family, protocol)) {
    builtin()->closesocket(socket);
    socket = INVALID_SOCKET;
  }
  if (socket == INVALID_SOCKET)
    SetLastError(refusal);
  return socket;
}

void base_raw_copy(SOCKET socket, SOCKET duplicate)
{
  WSAPROTOCOL_INFOW info;

  if (base_raw_describe(socket, &info))
    note(duplicate, info.iAddressFamily, info.iProtocol);
}

void base_raw_forget(SOCKET socket)
{
  if (!used)
    return;
  AcquireSRWLockExclusive(&lock);
  raw_t *raw = find(socket);
  if (raw != NULL) {
    raw->socket = 0;
    used--;
  }
  ReleaseSRWLockExclusive(&lock);
}

BOOL base_raw_describe(SOCKET socket, WSAPROTOCOL_INFOW *info)
{
  if (!used)
    return FALSE;
  AcquireSRWLockShared(&lock);
  const raw_t *raw = find(socket);
  if (raw != NULL) {
    info->iAddressFamily = raw->family;
    info->iSocketType = SOCK_RAW;
    info->iProtocol = raw->protocol;
  }
  ReleaseSRWLockShared(&lock);
  return raw != NULL;
}

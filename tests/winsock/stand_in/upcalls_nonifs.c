/* The upcalls for providers whose handles are not file handles, kept apart because they need handles of
 * ws2_32's own making. Not built yet: they fail with WSAEOPNOTSUPP, and WSAENOTSOCK where a handle is asked
 * about that nobody can have made. */
#include "upcalls.h"

SOCKET WSPAPI WPUCreateSocketHandle(DWORD dwCatalogEntryId, DWORD_PTR dwContext, LPINT lpErrno)
{
  (void)dwCatalogEntryId;
  (void)dwContext;
  *lpErrno = WSAEOPNOTSUPP;
  return INVALID_SOCKET;
}

int WSPAPI WPUCloseSocketHandle(SOCKET s, LPINT lpErrno)
{
  (void)s;
  *lpErrno = WSAENOTSOCK;
  return SOCKET_ERROR;
}

int WSPAPI WPUQuerySocketHandleContext(SOCKET s, PDWORD_PTR lpContext, LPINT lpErrno)
{
  (void)s;
  (void)lpContext;
  *lpErrno = WSAENOTSOCK;
  return SOCKET_ERROR;
}

/* Exported by ws2_32 itself, not part of the table: only non-IFS providers complete requests on their own. */
int WSPAPI WPUCompleteOverlappedRequest(SOCKET s, LPWSAOVERLAPPED lpOverlapped, DWORD dwError,
                                        DWORD cbTransferred, LPINT lpErrno)
{
  (void)s;
  (void)lpOverlapped;
  (void)dwError;
  (void)cbTransferred;
  *lpErrno = WSAEOPNOTSUPP;
  return SOCKET_ERROR;
}

/* The upcalls for providers whose handles are not file handles (Descriptor Allocation): "Providers that do
 * not return IFS handles must obtain a valid handle from the Ws2_32.dll via the WPUCreateSocketHandle call."
 */
#include "upcalls.h"

#include "completion_port.h"
#include "handles.h"
#include "provider.h"

/* May start the provider of the entry it is told, like WPUModifyIFSHandle: calls on the handle go to it. */
SOCKET WSPAPI WPUCreateSocketHandle(DWORD dwCatalogEntryId, DWORD_PTR dwContext, LPINT lpErrno)
{
  SOCKET socket = INVALID_SOCKET;

  process_lock();
  entry_t *entry = process_find_id(dwCatalogEntryId);
  int error = entry != NULL ? provider_start(entry) : WSAEINVAL;
  if (!error && !completion_port_watch())
    error = WSASYSCALLFAILURE;
  if (!error)
    error = handles_make(entry, dwContext, &socket);
  process_unlock();
  *lpErrno = error;
  return socket;
}

/* "WSAENOTSOCK: The descriptor is not a socket created by WPUCreateSocketHandle", here and below. */
int WSPAPI WPUCloseSocketHandle(SOCKET s, LPINT lpErrno)
{
  BOOL done = handles_unmake(s);

  *lpErrno = done ? 0 : WSAENOTSOCK;
  return done ? 0 : SOCKET_ERROR;
}

int WSPAPI WPUQuerySocketHandleContext(SOCKET s, PDWORD_PTR lpContext, LPINT lpErrno)
{
  BOOL done = handles_context(s, lpContext);

  *lpErrno = done ? 0 : WSAENOTSOCK;
  return done ? 0 : SOCKET_ERROR;
}

/* Exported by ws2_32 itself, not part of the table. "WSAEINVAL: The socket passed in the s parameter is not a
 * socket created by WPUCreateSocketHandle." */
int WSPAPI WPUCompleteOverlappedRequest(SOCKET s, LPWSAOVERLAPPED lpOverlapped, DWORD dwError,
                                        DWORD cbTransferred, LPINT lpErrno)
{
  BOOL done = completion_port_report(s, lpOverlapped, dwError, cbTransferred);

  *lpErrno = done ? 0 : WSAEINVAL;
  return done ? 0 : SOCKET_ERROR;
}

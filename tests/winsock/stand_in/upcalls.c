#include "upcalls.h"

#include "handles.h"
#include "provider.h"
#include "thread.h"

#include <string.h>
#include <wchar.h>

/* May start the provider of the entry it is told, as in ReactOS's ws2_32: a layer that labels a handle with a
 * sibling chain's id can be re-entered here. */
SOCKET WSPAPI WPUModifyIFSHandle(DWORD dwCatalogEntryId, SOCKET ProposedHandle, LPINT lpErrno)
{
  process_lock();
  entry_t *entry = process_find_id(dwCatalogEntryId);
  int error = entry != NULL ? provider_start(entry) : WSAEINVAL;
  if (!error)
    error = handles_note(ProposedHandle, entry);
  process_unlock();
  *lpErrno = error;
  return error ? INVALID_SOCKET : ProposedHandle;
}

int WSPAPI WPUGetProviderPath(LPGUID lpProviderId, WCHAR *lpszProviderDllPath, LPINT lpProviderDllPathLen,
                              LPINT lpErrno)
{
  int error = WSAEINVAL;

  process_lock();
  DWORD count;
  const entry_t *entries = process_entries(&count);
  for (DWORD i = 0; i < count; i++) {
    if (!IsEqualGUID(&entries[i].info.ProviderId, lpProviderId))
      continue;
    int length = MultiByteToWideChar(CP_ACP, 0, entries[i].path, -1, NULL, 0);
    error = *lpProviderDllPathLen < length ? WSAEFAULT : 0;
    if (!error)
      MultiByteToWideChar(CP_ACP, 0, entries[i].path, -1, lpszProviderDllPath, *lpProviderDllPathLen);
    *lpProviderDllPathLen = length;
    break;
  }
  process_unlock();
  *lpErrno = error;
  return error ? SOCKET_ERROR : 0;
}

/* Blocking hooks are a thing of Winsock 1.1, and none is ever set here: no callback. */
int WSPAPI WPUQueryBlockingCallback(DWORD dwCatalogEntryId, LPBLOCKINGCALLBACK *lplpfnCallback,
                                    PDWORD_PTR lpdwContext, LPINT lpErrno)
{
  (void)dwCatalogEntryId;
  *lplpfnCallback = NULL;
  *lpdwContext = 0;
  *lpErrno = 0;
  return 0;
}

WSAEVENT WSPAPI WPUCreateEvent(LPINT lpErrno)
{
  WSAEVENT event = CreateEventW(NULL, TRUE, FALSE, NULL);

  *lpErrno = event != NULL ? 0 : (int)GetLastError();
  return event;
}

WINBOOL WSPAPI WPUCloseEvent(WSAEVENT hEvent, LPINT lpErrno)
{
  BOOL done = CloseHandle(hEvent);

  *lpErrno = done ? 0 : WSA_INVALID_HANDLE;
  return done;
}

WINBOOL WSPAPI WPUSetEvent(WSAEVENT hEvent, LPINT lpErrno)
{
  BOOL done = SetEvent(hEvent);

  *lpErrno = done ? 0 : WSA_INVALID_HANDLE;
  return done;
}

WINBOOL WSPAPI WPUResetEvent(WSAEVENT hEvent, LPINT lpErrno)
{
  BOOL done = ResetEvent(hEvent);

  *lpErrno = done ? 0 : WSA_INVALID_HANDLE;
  return done;
}

int WSPAPI WPUFDIsSet(SOCKET s, fd_set *fdset)
{
  for (u_int i = 0; i < fdset->fd_count; i++) {
    if (fdset->fd_array[i] == s)
      return TRUE;
  }
  return FALSE;
}

/* Loaded when first needed: a console program must not pay for user32. */
WINBOOL WSPAPI WPUPostMessage(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam)
{
  HMODULE user32 = LoadLibraryW(L"user32.dll");

  if (user32 == NULL)
    return FALSE;
  WINBOOL(WINAPI * post)
  (HWND, UINT, WPARAM, LPARAM) =
      (WINBOOL(WINAPI *)(HWND, UINT, WPARAM, LPARAM))(void (*)(void))GetProcAddress(user32, "PostMessageW");
  return post != NULL && post(hWnd, Msg, wParam, lParam);
}

int WSPAPI WPUQueueApc(LPWSATHREADID lpThreadId, LPWSAUSERAPC lpfnUserApc, DWORD_PTR dwContext, LPINT lpErrno)
{
  BOOL queued =
      lpThreadId != NULL && QueueUserAPC((PAPCFUNC)lpfnUserApc, lpThreadId->ThreadHandle, dwContext);

  *lpErrno = queued ? 0 : WSAEFAULT;
  return queued ? 0 : SOCKET_ERROR;
}

int WSPAPI WPUOpenCurrentThread(LPWSATHREADID lpThreadId, LPINT lpErrno)
{
  lpThreadId->Reserved = 0;
  BOOL opened = DuplicateHandle(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(),
                                &lpThreadId->ThreadHandle, 0, FALSE, DUPLICATE_SAME_ACCESS);
  *lpErrno = opened ? 0 : WSASYSCALLFAILURE;
  return opened ? 0 : SOCKET_ERROR;
}

int WSPAPI WPUCloseThread(LPWSATHREADID lpThreadId, LPINT lpErrno)
{
  BOOL closed = CloseHandle(lpThreadId->ThreadHandle);

  *lpErrno = closed ? 0 : WSASYSCALLFAILURE;
  return closed ? 0 : SOCKET_ERROR;
}

WSPUPCALLTABLE upcalls_table(void)
{
  return (WSPUPCALLTABLE){
      .lpWPUCloseEvent = WPUCloseEvent,
      .lpWPUCloseSocketHandle = WPUCloseSocketHandle,
      .lpWPUCreateEvent = WPUCreateEvent,
      .lpWPUCreateSocketHandle = WPUCreateSocketHandle,
      .lpWPUFDIsSet = WPUFDIsSet,
      .lpWPUGetProviderPath = WPUGetProviderPath,
      .lpWPUModifyIFSHandle = WPUModifyIFSHandle,
      .lpWPUPostMessage = WPUPostMessage,
      .lpWPUQueryBlockingCallback = WPUQueryBlockingCallback,
      .lpWPUQuerySocketHandleContext = WPUQuerySocketHandleContext,
      .lpWPUQueueApc = WPUQueueApc,
      .lpWPUResetEvent = WPUResetEvent,
      .lpWPUSetEvent = WPUSetEvent,
      .lpWPUOpenCurrentThread = WPUOpenCurrentThread,
      .lpWPUCloseThread = WPUCloseThread,
  };
}

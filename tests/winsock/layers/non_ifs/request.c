#include "request.h"

#include "../recorder/kind.h"
#include "../recorder/layer.h"

#include <stdlib.h>

static volatile LONG under_way;

static void discard(request_t *request)
{
  int ignored;

  if (request->wait != NULL)
    CloseThreadpoolWait(request->wait);
  if (request->own.hEvent != NULL)
    chain_upcalls()->lpWPUCloseEvent(request->own.hEvent, &ignored);
  if (request->thread_is_ours)
    chain_upcalls()->lpWPUCloseThread(&request->thread, &ignored);
  socket_release(request->socket);
  free(request);
  InterlockedDecrement(&under_way);
}

/* In the client's thread, when that waits alertably. "The intermediate procedure simply unpacks parameters,
 * deallocates the buffer, and calls the client-supplied completion procedure" (WPUQueueApc). */
static void CALLBACK call_routine(DWORD_PTR context)
{
  request_t *request = (request_t *)context;
  LPWSAOVERLAPPED_COMPLETION_ROUTINE routine = request->routine;
  DWORD error = (DWORD)request->error, transferred = request->transferred, flags = request->flags;
  WSAOVERLAPPED *client = request->client;

  discard(request);
  routine(error, transferred, client, flags);
}

static void report(request_t *request)
{
  int ignored;
  WSAOVERLAPPED *client = request->client;

  /* "the provider sets OffsetHigh to the Windows Socket 2 error code resulting from the operation, sets
   * Offset to the flags resulting from the I/O operation, and calls WPUCompleteOverlappedRequest" */
  client->OffsetHigh = (DWORD)request->error;
  client->Offset = request->flags;
  if (request->routine == NULL) {
    WPUCompleteOverlappedRequest(request->socket->handle, client, (DWORD)request->error, request->transferred,
                                 &ignored);
    discard(request);
    return;
  }
  client->InternalHigh = request->transferred;
  client->Internal = (DWORD)request->error;
  if (chain_upcalls()->lpWPUQueueApc(&request->thread, call_routine, (DWORD_PTR)request, &ignored))
    discard(request);
}

static void CALLBACK finished(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_WAIT wait,
                              TP_WAIT_RESULT result)
{
  (void)wait;
  (void)result;
  request_t *request = context;
  socket_t *socket = request->socket;
  HMODULE module = layer_module();
  int error = 0;
  if (GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (LPCWSTR)(const void *)module, &module))
    FreeLibraryWhenCallbackReturns(instance, module);
  request->flags = 0;
  if (!socket->chain->next.lpWSPGetOverlappedResult(socket->below, &request->own, &request->transferred,
                                                    FALSE, &request->flags, &error))
    request->error = socket->closed ? WSA_OPERATION_ABORTED : error;
  report(request);
}

request_t *request_begin(socket_t *socket, WSAOVERLAPPED *client, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                         const WSATHREADID *thread, int *error)
{
  request_t *request = calloc(1, sizeof *request);

  if (request == NULL) {
    socket_release(socket);
    *error = WSAENOBUFS;
    return NULL;
  }
  InterlockedIncrement(&under_way);
  request->socket = socket;
  request->client = client;
  request->routine = routine;
  /* The place in the file, for TransmitFile. */
  request->own.Offset = client->Offset;
  request->own.OffsetHigh = client->OffsetHigh;
  request->own.hEvent = chain_upcalls()->lpWPUCreateEvent(error);
  request->wait = CreateThreadpoolWait(finished, request, NULL);
  BOOL ready = request->own.hEvent != NULL && request->wait != NULL;
  if (ready && routine != NULL && thread != NULL)
    request->thread = *thread;
  else if (ready && routine != NULL)
    request->thread_is_ours = ready = !chain_upcalls()->lpWPUOpenCurrentThread(&request->thread, error);
  if (!ready) {
    discard(request);
    *error = WSAENOBUFS;
    return NULL;
  }
  /* "At the start of overlapped processing, the service provider sets Internal to
   * WSS_OPERATION_IN_PROGRESS." */
  client->Internal = WSS_OPERATION_IN_PROGRESS;
  return request;
}

int request_sent(request_t *request, int result, int error, LPINT lpErrno)
{
  if (result && error != WSA_IO_PENDING) {
    request->client->Internal = 0;
    discard(request);
    *lpErrno = error;
    return SOCKET_ERROR;
  }
  /* From here on it may be gone any moment. */
  SetThreadpoolWait(request->wait, request->own.hEvent, NULL);
  *lpErrno = WSA_IO_PENDING;
  return SOCKET_ERROR;
}

WINBOOL WSPAPI request_result(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD transferred, WINBOOL wait,
                              LPDWORD flags, LPINT lpErrno)
{
  (void)s;
  HANDLE event = (HANDLE)((ULONG_PTR)overlapped->hEvent & ~(ULONG_PTR)1);
  const volatile WSAOVERLAPPED *state = overlapped;
  if (state->Internal == WSS_OPERATION_IN_PROGRESS) {
    /* "The fWait parameter can be set to TRUE only if the overlapped operation selected event-based
     * completion notification." */
    *lpErrno = wait ? WSA_INVALID_HANDLE : WSA_IO_INCOMPLETE;
    if (!wait || event == NULL)
      return FALSE;
    WaitForSingleObject(event, INFINITE);
  }
  *transferred = (DWORD)state->InternalHigh;
  *flags = state->Offset;
  *lpErrno = (int)state->OffsetHigh;
  return *lpErrno == 0;
}

void kind_end(void)
{
  socket_close_all();
  /* What was broken off ends soon; what waits for a thread that never waits alertably does not, and holds
   * nothing but memory. */
  for (int i = 0; i < 200 && under_way > 0; i++)
    Sleep(10);
}

/* upcalls_test: the upcalls for providers without IFS handles, each check with Microsoft's words. It is not a
 * provider; it borrows the upcall table that ws2_32 handed to a recording layer in this process, whose notes
 * hold it byte for byte (RECORD_FILE). */
#include <winsock2.h>
#include <ws2spi.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

static void check(BOOL holds, const char *what, int line)
{
  if (holds)
    return;
  failures++;
  printf("line %d: %s\n", line, what);
}

#define CHECK(holds) check(holds, #holds, __LINE__)

enum { NO_PROVIDER = 99999, BASE_TCP = 1001 };

static WSPUPCALLTABLE upcalls;

static BOOL borrow_upcalls(void)
{
  static char notes[1 << 16];
  const char *path = getenv("RECORD_FILE");
  FILE *file = path != NULL ? fopen(path, "rb") : NULL;
  size_t size = file != NULL ? fread(notes, 1, sizeof notes - 1, file) : 0;

  if (file != NULL)
    fclose(file);
  notes[size] = '\0';
  const char *digits = strstr(notes, "\"upcalls\":\"");
  if (digits == NULL)
    return FALSE;
  digits += strlen("\"upcalls\":\"");
  for (size_t i = 0; i < sizeof upcalls; i++) {
    unsigned byte;

    if (sscanf(digits + 2 * i, "%2x", &byte) != 1)
      return FALSE;
    ((unsigned char *)&upcalls)[i] = (unsigned char)byte;
  }
  return TRUE;
}

static void test_handles(void)
{
  const DWORD_PTR wide = (DWORD_PTR)-0x76543211; /* of a pointer's width */
  int error = 0;
  DWORD_PTR context = 0;
  SOCKET one = upcalls.lpWPUCreateSocketHandle(BASE_TCP, wide, &error);
  SOCKET other = upcalls.lpWPUCreateSocketHandle(BASE_TCP, 2, &error);

  CHECK(one != INVALID_SOCKET && other != INVALID_SOCKET && one != other);
  CHECK(upcalls.lpWPUCreateSocketHandle(NO_PROVIDER, 0, &error) == INVALID_SOCKET && error != 0);
  /* "returns zero and stores the current context value in lpContext" */
  CHECK(upcalls.lpWPUQuerySocketHandleContext(one, &context, &error) == 0 && context == wide);
  CHECK(upcalls.lpWPUQuerySocketHandleContext(other, &context, &error) == 0 && context == 2);
  /* "indistinguishable from true file system handles" */
  DWORD flags;
  CHECK(GetHandleInformation((HANDLE)one, &flags));
  CHECK(GetFileType((HANDLE)one) != FILE_TYPE_UNKNOWN);
  /* WPUModifyIFSHandle takes "an IFS handle allocated by the provider"; this one ws2_32 made itself. */
  CHECK(upcalls.lpWPUModifyIFSHandle(BASE_TCP, one, &error) == INVALID_SOCKET && error == WSAEINVAL);
  /* Calls go to the provider that the handle was made for, whose socket it is not. */
  CHECK(listen(one, 1) == SOCKET_ERROR);

  CHECK(upcalls.lpWPUCloseSocketHandle(one, &error) == 0);
  CHECK(!GetHandleInformation((HANDLE)one, &flags));
  /* "WSAENOTSOCK: The descriptor is not a socket created by WPUCreateSocketHandle." */
  CHECK(upcalls.lpWPUCloseSocketHandle(one, &error) == SOCKET_ERROR && error == WSAENOTSOCK);
  CHECK(upcalls.lpWPUQuerySocketHandleContext(one, &context, &error) == SOCKET_ERROR && error == WSAENOTSOCK);
  CHECK(upcalls.lpWPUCloseSocketHandle(other, &error) == 0);
}

static void test_ifs_handles_have_no_context(void)
{
  int error = 0;
  DWORD_PTR context;
  WSAOVERLAPPED overlapped = {0};
  SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);

  /* "IFS providers are not able to supply a context value" */
  CHECK(upcalls.lpWPUQuerySocketHandleContext(s, &context, &error) == SOCKET_ERROR && error == WSAENOTSOCK);
  CHECK(upcalls.lpWPUCloseSocketHandle(s, &error) == SOCKET_ERROR && error == WSAENOTSOCK);
  /* "WSAEINVAL: The socket passed in the s parameter is not a socket created by WPUCreateSocketHandle." */
  CHECK(WPUCompleteOverlappedRequest(s, &overlapped, 0, 1, &error) == SOCKET_ERROR && error == WSAEINVAL);
  CHECK(closesocket(s) == 0);
}

static void test_completion_by_event(SOCKET s)
{
  int error = 0;
  WSAOVERLAPPED overlapped = {.Internal = WSS_OPERATION_IN_PROGRESS,
                              .hEvent = upcalls.lpWPUCreateEvent(&error)};

  CHECK(WaitForSingleObject(overlapped.hEvent, 0) == WAIT_TIMEOUT);
  CHECK(WPUCompleteOverlappedRequest(s, &overlapped, 0, 12, &error) == 0);
  CHECK(WaitForSingleObject(overlapped.hEvent, 0) == WAIT_OBJECT_0);
  /* "sets InternalHigh to the transfer byte count, then sets Internal to a value other than
   * WSS_OPERATION_IN_PROGRESS" */
  CHECK(overlapped.InternalHigh == 12 && overlapped.Internal != WSS_OPERATION_IN_PROGRESS);
  CHECK(upcalls.lpWPUCloseEvent(overlapped.hEvent, &error));
}

static void test_completion_by_port(SOCKET s)
{
  int error = 0;
  HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
  DWORD count;
  ULONG_PTR key;
  OVERLAPPED *reported, overlapped = {0};

  /* "supports associating a completion port with the socket handle and using it to report overlapped I/O
   * completion" */
  CHECK(CreateIoCompletionPort((HANDLE)s, port, 77, 0) == port);
  CHECK(WPUCompleteOverlappedRequest(s, &overlapped, 0, 34, &error) == 0);
  CHECK(GetQueuedCompletionStatus(port, &count, &key, &reported, 0));
  CHECK(count == 34 && key == 77 && reported == &overlapped);
  CHECK(WPUCompleteOverlappedRequest(s, &overlapped, WSAECONNRESET, 0, &error) == 0);
  CHECK(!GetQueuedCompletionStatus(port, &count, &key, &reported, 0) && GetLastError() == WSAECONNRESET);
  CHECK(reported == &overlapped);
  /* "A handle can be associated with only one I/O completion port" (CreateIoCompletionPort). */
  CHECK(!CreateIoCompletionPort((HANDLE)s, port, 78, 0) && GetLastError() == ERROR_INVALID_PARAMETER);
  /* "a valid event handle whose low-order bit is set keeps I/O completion from being queued"
   * (GetQueuedCompletionStatus). */
  HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
  overlapped.hEvent = (HANDLE)((ULONG_PTR)event | 1);
  CHECK(WPUCompleteOverlappedRequest(s, &overlapped, 0, 1, &error) == 0);
  CHECK(WaitForSingleObject(event, 0) == WAIT_OBJECT_0);
  CHECK(!GetQueuedCompletionStatus(port, &count, &key, &reported, 0) && !reported);
  CloseHandle(event);
  CloseHandle(port);
}

static DWORD_PTR apc_context;

static void CALLBACK apc(DWORD_PTR context)
{
  apc_context = context;
}

static void test_apc(void)
{
  int error = 0;
  WSATHREADID thread;

  CHECK(upcalls.lpWPUOpenCurrentThread(&thread, &error) == 0);
  CHECK(upcalls.lpWPUQueueApc(&thread, apc, 99, &error) == 0);
  /* "The APC will only execute when the specified thread is blocked in an alertable wait" */
  CHECK(apc_context == 0);
  SleepEx(0, TRUE);
  CHECK(apc_context == 99);
  CHECK(upcalls.lpWPUCloseThread(&thread, &error) == 0);
  /* "WSAEFAULT: The dwThreadId parameter does not specify a valid thread." */
  CHECK(upcalls.lpWPUQueueApc(NULL, apc, 1, &error) == SOCKET_ERROR && error == WSAEFAULT);
}

int main(void)
{
  WSADATA data;

  WSAStartup(MAKEWORD(2, 2), &data);
  closesocket(socket(AF_INET, SOCK_STREAM, 0));
  if (!borrow_upcalls()) {
    puts("no upcall table in RECORD_FILE");
    return 1;
  }
  test_handles();
  test_ifs_handles_have_no_context();
  int error = 0;
  SOCKET s = upcalls.lpWPUCreateSocketHandle(BASE_TCP, 0, &error);
  test_completion_by_event(s);
  test_completion_by_port(s);
  test_apc();
  upcalls.lpWPUCloseSocketHandle(s, &error);
  WSACleanup();
  printf("%d failures\n", failures);
  return failures != 0;
}

#include "completion_port.h"

#include "handles.h"

#include <string.h>
#include <winternl.h>

#define STATUS_OK              ((NTSTATUS)0)
#define COMPLETION_INFORMATION 30 /* FileCompletionInformation, which winternl.h leaves out */

typedef struct completion_information {
  HANDLE port;
  ULONG_PTR key;
} completion_information_t;

typedef NTSTATUS NTAPI set_information_t(HANDLE file, IO_STATUS_BLOCK *io, void *information, ULONG size,
                                         int information_class);
typedef NTSTATUS NTAPI set_completion_t(HANDLE port, ULONG_PTR key, ULONG_PTR value, NTSTATUS status,
                                        SIZE_T transferred);

static set_information_t *real_set_information;
static set_completion_t *set_completion;

/* What CreateIoCompletionPort and the thread pool come down to. A second association fails, as for any file
 * (CreateIoCompletionPort, Remarks). */
static NTSTATUS NTAPI set_information(HANDLE file, IO_STATUS_BLOCK *io, void *information, ULONG size,
                                      int information_class)
{
  const completion_information_t *completion = information;
  DWORD_PTR context;

  if (information_class != COMPLETION_INFORMATION || size < sizeof *completion ||
      !handles_context((SOCKET)file, &context))
    return real_set_information(file, io, information, size, information_class);
  NTSTATUS status = handles_tie((SOCKET)file, completion->port, completion->key)
                        ? STATUS_OK
                        : (NTSTATUS)STATUS_INVALID_PARAMETER;
  io->Status = status;
  io->Information = 0;
  return status;
}

/* Wine 8's system calls: no address in them is relative to where it stands, so a copy works. What differs
 * from one to the next is zero here. Over them comes a jump to set_information. */
#ifdef _WIN64
/* mov r10,rcx; mov eax,NUMBER; test byte [7ffe0308h],1; jnz +3; syscall; ret; jmp +1; ret; call [7ffe1000h];
 * ret */
static const unsigned char stub[] = {0x4c, 0x8b, 0xd1, 0xb8, 0,    0,    0,    0,    0xf6, 0x04, 0x25,
                                     0x08, 0x03, 0xfe, 0x7f, 0x01, 0x75, 0x03, 0x0f, 0x05, 0xc3, 0xeb,
                                     0x01, 0xc3, 0xff, 0x14, 0x25, 0x00, 0x10, 0xfe, 0x7f, 0xc3};
enum { DIFFERS = 4, DIFFERS_END = 8 };

/* mov rax,set_information; jmp rax */
static const unsigned char jump[] = {0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0};
enum { JUMP_TARGET = 2 };
#else
/* mov eax,NUMBER; mov edx,DISPATCHER; call edx; ret 20 */
static const unsigned char stub[] = {0xb8, 0, 0, 0, 0, 0xba, 0, 0, 0, 0, 0xff, 0xd2, 0xc2, 0x14, 0x00};
enum { DIFFERS = 1, DIFFERS_END = 10 };

/* mov eax,set_information; jmp eax */
static const unsigned char jump[] = {0xb8, 0, 0, 0, 0, 0xff, 0xe0};
enum { JUMP_TARGET = 1 };
#endif

static BOOL is_stub(const unsigned char *code)
{
  return memcmp(code, stub, DIFFERS) == 0 &&
         memcmp(code + DIFFERS_END, stub + DIFFERS_END, sizeof stub - DIFFERS_END) == 0;
}

static BOOL CALLBACK watch(PINIT_ONCE once, PVOID parameter, PVOID *context)
{
  (void)once;
  (void)parameter;
  (void)context;
  HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
  unsigned char *code = (unsigned char *)(void (*)(void))GetProcAddress(ntdll, "NtSetInformationFile");
  set_completion = (set_completion_t *)(void (*)(void))GetProcAddress(ntdll, "NtSetIoCompletion");
  if (code == NULL || set_completion == NULL || !is_stub(code))
    return FALSE;
  unsigned char *copy = VirtualAlloc(NULL, sizeof stub, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
  DWORD protection;
  if (copy == NULL || !VirtualProtect(code, sizeof stub, PAGE_EXECUTE_READWRITE, &protection))
    return FALSE;
  memcpy(copy, code, sizeof stub);
  real_set_information = (set_information_t *)(void *)copy;
  set_information_t *target = set_information;
  memcpy(code, jump, sizeof jump);
  memcpy(code + JUMP_TARGET, &target, sizeof target);
  VirtualProtect(code, sizeof stub, protection, &protection);
  return TRUE;
}

BOOL completion_port_watch(void)
{
  static INIT_ONCE once = INIT_ONCE_STATIC_INIT;

  return InitOnceExecuteOnce(&once, watch, NULL, NULL);
}

typedef struct report {
  WSAOVERLAPPED *overlapped;
  NTSTATUS status;
  DWORD transferred;
} report_t;

static void post(HANDLE port, ULONG_PTR key, void *argument)
{
  const report_t *report = argument;
  WSAOVERLAPPED *overlapped = report->overlapped;
  ULONG_PTR event = (ULONG_PTR)overlapped->hEvent;

  /* "the InternalHigh value (byte count) is guaranteed to be set by the time Internal is set"; after that the
   * client may free the structure. */
  overlapped->InternalHigh = report->transferred;
  MemoryBarrier();
  overlapped->Internal = (DWORD)report->status;
  if (event & ~(ULONG_PTR)1)
    SetEvent((HANDLE)(event & ~(ULONG_PTR)1));
  /* "a valid event handle whose low-order bit is set keeps I/O completion from being queued"
   * (GetQueuedCompletionStatus). */
  if (port != NULL && !(event & 1))
    set_completion(port, key, (ULONG_PTR)overlapped, report->status, report->transferred);
}

BOOL completion_port_report(SOCKET socket, WSAOVERLAPPED *overlapped, DWORD error, DWORD transferred)
{
  /* As an NTSTATUS the error goes in its Win32 facility, which GetQueuedCompletionStatus turns back into the
   * error. */
  report_t report = {overlapped, error ? (NTSTATUS)(0xC0070000 | (error & 0xFFFF)) : STATUS_OK, transferred};

  return handles_with_port(socket, post, &report);
}

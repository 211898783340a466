/* stdio-bridge PROGRAM ARGS...: runs a Windows program under Wine with pipes of Windows' own kind as its
 * standard handles, and relays them to the Unix files that the bridge itself was given.
 *
 * libuv (Node.js) refuses a Unix pipe as stdio: Wine shows it as a pipe, but it answers none of the
 * named-pipe queries. A pipe made inside Wine is the real thing. The program's command line is passed on as
 * it came, so its quoting survives; its exit status becomes the bridge's. Where the bridge dies, so do the
 * program and its children.
 *
 * Imports neither ws2_32 nor user32: nothing of what is tested runs in the bridge. */
#include "start_child.h"

#include <stdio.h>
#include <wchar.h>

#define CANNOT_RUN 127

typedef struct relay {
  HANDLE from, to;
  HANDLE thread;
  HANDLE ready;          /* event of the overlapped read */
  volatile LONG waiting; /* nonzero while the thread waits for data in `from` */
} relay_t;

static void die(const char *what)
{
  fprintf(stderr, "stdio-bridge: %s: error %lu\n", what, GetLastError());
  ExitProcess(CANNOT_RUN);
}

/* A pipe with one end for us (overlapped, so that it can be peeked at during a read) and one the program
 * inherits, with the access rights that CreatePipe gives. */
static void make_pipe(BOOL program_reads, HANDLE *ours, HANDLE *theirs)
{
  static int serial;
  wchar_t name[64];

  swprintf(name, 64, L"\\\\.\\pipe\\stdio-bridge.%lu.%d", GetCurrentProcessId(), serial++);
  DWORD direction = program_reads ? PIPE_ACCESS_OUTBOUND : PIPE_ACCESS_INBOUND;
  *ours = CreateNamedPipeW(name, direction | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE,
                           PIPE_TYPE_BYTE | PIPE_WAIT, 1, 65536, 65536, 0, NULL);
  if (*ours == INVALID_HANDLE_VALUE)
    die("cannot make a pipe");
  SECURITY_ATTRIBUTES inherit = {.nLength = sizeof inherit, .bInheritHandle = TRUE};
  DWORD access = program_reads ? GENERIC_READ | FILE_WRITE_ATTRIBUTES : GENERIC_WRITE | FILE_READ_ATTRIBUTES;
  *theirs = CreateFileW(name, access, 0, &inherit, OPEN_EXISTING, 0, NULL);
  if (*theirs == INVALID_HANDLE_VALUE)
    die("cannot open a pipe");
}

/* Reads or writes at an overlapped handle and waits for the end of it. */
static BOOL finish(HANDLE handle, BOOL started, OVERLAPPED *overlapped, DWORD *count)
{
  if (!started && GetLastError() != ERROR_IO_PENDING)
    return FALSE;
  return GetOverlappedResult(handle, overlapped, count, TRUE);
}

static BOOL write_all(HANDLE to, const char *data, DWORD size)
{
  while (size > 0) {
    DWORD written;

    if (!WriteFile(to, data, size, &written, NULL))
      return FALSE;
    data += written;
    size -= written;
  }
  return TRUE;
}

/* Program to Unix. Where the reader is gone, the pipe is closed: the program's next write fails, as it would
 * have without us. */
static DWORD WINAPI relay_output(void *parameter)
{
  relay_t *relay = parameter;
  char buffer[65536];

  for (;;) {
    OVERLAPPED overlapped = {.hEvent = relay->ready};
    DWORD count;

    InterlockedExchange(&relay->waiting, 1);
    BOOL started = ReadFile(relay->from, buffer, sizeof buffer, NULL, &overlapped);
    BOOL read = finish(relay->from, started, &overlapped, &count);
    InterlockedExchange(&relay->waiting, 0);
    if (!read)
      return 0;
    if (!write_all(relay->to, buffer, count)) {
      CloseHandle(relay->from);
      return 0;
    }
  }
}

/* Unix to program. */
static DWORD WINAPI relay_input(void *parameter)
{
  relay_t *relay = parameter;
  char buffer[65536];
  DWORD count, written;

  while (ReadFile(relay->from, buffer, sizeof buffer, &count, NULL) && count > 0) {
    OVERLAPPED overlapped = {.hEvent = relay->ready};
    BOOL started = WriteFile(relay->to, buffer, count, NULL, &overlapped);

    if (!finish(relay->to, started, &overlapped, &written))
      break;
  }
  CloseHandle(relay->to);
  return 0;
}

static void start(relay_t *relay, LPTHREAD_START_ROUTINE run)
{
  relay->ready = CreateEventW(NULL, TRUE, FALSE, NULL);
  relay->thread = CreateThread(NULL, 0, run, relay, 0, NULL);
  if (relay->thread == NULL)
    die("cannot start a thread");
}

/* Waits until all that the program wrote has been passed on, which is when the pipe ends. Children that
 * outlive the program hold it open: then it is enough that nothing comes for a while. Not for a short while,
 * for what was read may be on its way to the thread, and a busy machine takes its time. */
static void drain(relay_t *relay)
{
  enum { UNTIL_ENDED_MS = 1500, QUIET_TIMES = 30 };
  int quiet = 0;

  if (WaitForSingleObject(relay->thread, UNTIL_ENDED_MS) == WAIT_OBJECT_0)
    return;
  while (quiet < QUIET_TIMES && WaitForSingleObject(relay->thread, 10) == WAIT_TIMEOUT) {
    DWORD available = 0;
    BOOL empty =
        relay->waiting && PeekNamedPipe(relay->from, NULL, 0, NULL, &available, NULL) && available == 0;

    quiet = empty ? quiet + 1 : 0;
  }
}

/* The part of our command line behind our own name. */
static wchar_t *program_command_line(void)
{
  wchar_t *at = GetCommandLineW();
  BOOL quoted = FALSE;

  for (; *at && (quoted || *at != L' '); at++) {
    if (*at == L'"')
      quoted = !quoted;
  }
  while (*at == L' ')
    at++;
  return at;
}

static void limit_job(HANDLE job, DWORD flags)
{
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {.BasicLimitInformation = {.LimitFlags = flags}};

  SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
}

/* A Unix exit status has eight bits. Crashes become what a shell makes of the like signal. */
static UINT unix_status(DWORD code)
{
  if (code <= 255)
    return code;
  if ((code & 0xC0000000) == 0xC0000000 && (code & 0xFFFF0000) != 0xFFFF0000)
    fprintf(stderr, "wine-run: the program ended with status 0x%08lX\n", code);
  switch (code) {
  case STATUS_ACCESS_VIOLATION:
  case STATUS_STACK_OVERFLOW:
    return 128 + 11;
  case STATUS_ILLEGAL_INSTRUCTION:
    return 128 + 4;
  case STATUS_INTEGER_DIVIDE_BY_ZERO:
    return 128 + 8;
  case STATUS_CONTROL_C_EXIT:
    return 128 + 2;
  case STATUS_BREAKPOINT:
    return 128 + 5;
  case 0xC0000409: /* fail fast: how an MSVC program aborts */
    return 128 + 6;
  }
  return code & 0xFF ? code & 0xFF : 255;
}

int main(void)
{
  wchar_t *command_line = program_command_line();

  if (!*command_line) {
    fputs("usage: stdio-bridge PROGRAM ARGS...\n", stderr);
    return 2;
  }

  relay_t input = {.from = GetStdHandle(STD_INPUT_HANDLE)}, output = {.to = GetStdHandle(STD_OUTPUT_HANDLE)},
          errors = {.to = GetStdHandle(STD_ERROR_HANDLE)};
  STARTUPINFOW startup = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES};
  make_pipe(TRUE, &input.to, &startup.hStdInput);
  make_pipe(FALSE, &output.from, &startup.hStdOutput);
  make_pipe(FALSE, &errors.from, &startup.hStdError);

  HANDLE job = CreateJobObjectW(NULL, NULL);
  limit_job(job, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE);
  PROCESS_INFORMATION process;
  if (!start_child(NULL, command_line, CREATE_SUSPENDED, &startup, &process)) {
    DWORD error = GetLastError();

    if (error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND)
      fprintf(stderr, "wine-run: program not found: %ls\n", command_line);
    else
      fprintf(stderr, "wine-run: cannot run %ls: error %lu\n", command_line, error);
    return CANNOT_RUN;
  }
  AssignProcessToJobObject(job, process.hProcess);
  CloseHandle(startup.hStdInput);
  CloseHandle(startup.hStdOutput);
  CloseHandle(startup.hStdError);
  start(&output, relay_output);
  start(&errors, relay_output);
  start(&input, relay_input);
  ResumeThread(process.hThread);

  WaitForSingleObject(process.hProcess, INFINITE);
  DWORD code = CANNOT_RUN;
  GetExitCodeProcess(process.hProcess, &code);
  drain(&output);
  drain(&errors);
  /* The program ended by itself: its children may live on, as on Windows. */
  limit_job(job, 0);
  /* Not by return: the input thread may wait for ever. */
  ExitProcess(unix_status(code));
}

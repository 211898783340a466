/* handed LOWER UPPER: sockets given to child processes, in the catalog's shape: by WSADuplicateSocket, there
 * and back, and by inheritance. A child's policies go by its name, so each kind of child is a copy of this
 * program. Prints a line for each child. Exit status 1 where something was not as the model says. */
#include "../start_child.h"
#include "handed.h"
#include "leftovers.h"
#include "model.h"
#include "pairs.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

enum { REJECTED = WSAEPROTOTYPE };

/* What policies/ says to a child of that name of sockets it makes, and whether it refuses shared ones. */
static const struct {
  const char *name;
  verdict_t own;
  bool refuses_shared;
} children[] = {
    {"child", {.action = MODEL_ALLOW}, false},
    {"refused", {.action = MODEL_ALLOW}, true},
    {"own-refused", {.action = MODEL_REJECT, .error = REJECTED}, false},
    {"rewritten", {.action = MODEL_REWRITE, .target = 1 /* inet-dgram */}, false},
};
enum { CHILDREN = sizeof children / sizeof *children };

typedef struct run {
  shape_t shape;
  int child;
  HANDLE process, orders, reports;
  DWORD process_id;
  pair_t inherited[KINDS];
  long checks, failures;
} run_t;

static void check(run_t *run, int kind, bool holds, const char *what, int error)
{
  run->checks++;
  if (holds)
    return;
  run->failures++;
  printf("  %s, %s: not so: %s (%d)\n", children[run->child].name, kinds[kind].name, what, error);
}

static bool start(run_t *run)
{
  wchar_t self[MAX_PATH], copy[MAX_PATH], command[] = L"child --child";
  SECURITY_ATTRIBUTES inherit = {.nLength = sizeof inherit, .bInheritHandle = TRUE};
  HANDLE input, output;
  PROCESS_INFORMATION process;

  GetModuleFileNameW(NULL, self, MAX_PATH);
  wcscpy(copy, self);
  swprintf(wcsrchr(copy, L'\\') + 1, 64, L"%s.exe", children[run->child].name);
  if (!CopyFileW(self, copy, FALSE) || !CreatePipe(&input, &run->orders, &inherit, 0) ||
      !CreatePipe(&run->reports, &output, &inherit, 0))
    return false;
  SetHandleInformation(run->orders, HANDLE_FLAG_INHERIT, 0);
  SetHandleInformation(run->reports, HANDLE_FLAG_INHERIT, 0);
  STARTUPINFOW startup = {.cb = sizeof startup,
                          .dwFlags = STARTF_USESTDHANDLES,
                          .hStdInput = input,
                          .hStdOutput = output,
                          .hStdError = GetStdHandle(STD_ERROR_HANDLE)};
  if (!start_child(copy, command, 0, &startup, &process))
    return false;
  CloseHandle(input);
  CloseHandle(output);
  CloseHandle(process.hThread);
  run->process = process.hProcess;
  run->process_id = process.dwProcessId;
  return true;
}

static void end(run_t *run)
{
  CloseHandle(run->orders);
  WaitForSingleObject(run->process, INFINITE);
  CloseHandle(run->reports);
  CloseHandle(run->process);
}

static bool ask(run_t *run, const order_t *order, report_t *report)
{
  DWORD written, got, used = 0;

  if (!WriteFile(run->orders, order, sizeof *order, &written, NULL))
    return false;
  while (used < sizeof *report &&
         ReadFile(run->reports, (char *)report + used, sizeof *report - used, &got, NULL) && got > 0)
    used += got;
  return used == sizeof *report;
}

/* A socket of the child's own is judged as if nobody had handed it any. */
static void check_own(run_t *run, int kind, const report_t *report)
{
  static outcome_t expected;
  attempt_t attempt = {kinds[kind].af, kinds[kind].type, pair_protocol(kind), NULL, 0, WSA_FLAG_OVERLAPPED};

  model_predict(&run->shape, &children[run->child].own, &attempt, &expected);
  check(run, kind, report->own_error == expected.error, "the child's own socket, or its error",
        report->own_error);
  check(run, kind, report->own_info.dwCatalogEntryId == expected.info.dwCatalogEntryId,
        "the entry of the child's own socket", (int)report->own_info.dwCatalogEntryId);
}

static void check_handed(run_t *run, int kind, const report_t *report, int owner)
{
  const WSAPROTOCOL_INFOW *entry = &run->shape.entries[owner][kind];
  WSAPROTOCOL_INFOW told = report->info;
  /* Wine cannot tell the protocol of an IPv6 raw socket (base_entries.c): it is RAW's own then. */
  bool protocol =
      told.iProtocol == pair_protocol(kind) || (kinds[kind].type == SOCK_RAW && told.iProtocol == 0);

  told.iProtocol = entry->iProtocol;
  check(run, kind, report->error == 0, "the child has the socket", report->error);
  check(run, kind, report->owner == entry->dwCatalogEntryId, "the handle's owner", (int)report->owner);
  check(run, kind, protocol && memcmp(&told, entry, sizeof told) == 0,
        "SO_PROTOCOL_INFO names the owner's chain", (int)told.dwCatalogEntryId);
  check(run, kind, report->received, "the child received", 0);
  check(run, kind, report->sent, "the child sent", 0);
}

/* There and back: then the parent has it as a third handle of the same socket. */
static void hand_over(run_t *run, int kind)
{
  order_t order = {.kind = kind, .parent = GetCurrentProcessId()};
  report_t report;
  pair_t pair;
  int owner = model_owner(&run->shape, run->shape.levels - 1);
  bool refused = children[run->child].refuses_shared && owner >= run->shape.ours;

  check(run, kind, pair_make(kind, &pair), "a pair of sockets", WSAGetLastError());
  check(run, kind, WSADuplicateSocketW(pair.other, run->process_id, &order.info) == 0, "WSADuplicateSocket",
        WSAGetLastError());
  check(run, kind, pair_send(pair.one, 'p'), "the parent sent", WSAGetLastError());
  check(run, kind, ask(run, &order, &report), "the child answers", (int)GetLastError());
  check_own(run, kind, &report);
  if (refused) {
    check(run, kind, report.error == REJECTED, "exactly the policy's error", report.error);
    check(run, kind, pair_receive(pair.other, 'p'), "the parent's socket is as it was", WSAGetLastError());
    pair_close(&pair);
    return;
  }
  check_handed(run, kind, &report, owner);
  check(run, kind, pair_receive(pair.one, 'c'), "the parent received", WSAGetLastError());
  if (pair.other != pair.one)
    closesocket(pair.other);
  check(run, kind, report.back_error == 0, "WSADuplicateSocket in the child", report.back_error);
  pair.other = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &report.back, 0,
                          WSA_FLAG_OVERLAPPED);
  check(run, kind, pair.other != INVALID_SOCKET, "the parent has it back", WSAGetLastError());
  check(run, kind, holdings_owner(pair.other) == run->shape.entries[owner][kind].dwCatalogEntryId,
        "its owner", (int)holdings_owner(pair.other));
  check(run, kind,
        pair_send(pair.other, 'b') && pair_receive(pair.one, 'b') && pair_send(pair.one, 'd') &&
            pair_receive(pair.other, 'd'),
        "data both ways", WSAGetLastError());
  pair_close(&pair);
}

/* ws2_32 asks IFS providers about a handle it does not know; one that it made for a non-IFS layer nobody
 * knows. */
static void inherit(run_t *run, int kind)
{
  order_t order = {.kind = kind, .inherited = run->inherited[kind].other};
  report_t report;
  int top = run->shape.levels - 1;
  bool made = false;

  for (int level = 1; level <= top; level++)
    made = made || run->shape.makes_handles[level];
  if (!made)
    check(run, kind, pair_send(run->inherited[kind].one, 'p'), "the parent sent", WSAGetLastError());
  check(run, kind, ask(run, &order, &report), "the child answers", (int)GetLastError());
  if (made) {
    check(run, kind, report.error == WSAENOTSOCK, "WSAENOTSOCK in the child", report.error);
    return;
  }
  check_handed(run, kind, &report, top);
  check(run, kind, pair_receive(run->inherited[kind].one, 'c'), "the parent received", WSAGetLastError());
}

static bool run_child(run_t *run)
{
  bool inherits = run->child == 0;

  for (int kind = 0; inherits && kind < KINDS; kind++)
    check(run, kind, pair_make(kind, &run->inherited[kind]), "a pair of sockets", WSAGetLastError());
  if (!start(run))
    return false;
  /* Not on after a failure: each that follows could wait for data that never comes. */
  for (int kind = 0; inherits && kind < KINDS && !run->failures; kind++)
    inherit(run, kind);
  for (int kind = 0; kind < KINDS && !run->failures; kind++)
    hand_over(run, kind);
  end(run);
  for (int kind = 0; inherits && kind < KINDS; kind++)
    pair_close(&run->inherited[kind]);

  return true;
}

int main(int argc, char **argv)
{
  static run_t run;
  WSADATA data;
  int failed = 0;

  if (argc == 2 && strcmp(argv[1], "--child") == 0)
    return handed_child();
  setvbuf(stdout, NULL, _IONBF, 0);
  if (argc != 3) {
    fputs("usage: handed LOWER UPPER\n", stderr);
    return 2;
  }
  WSAStartup(MAKEWORD(2, 2), &data);
  if (!shape_read(&run.shape, argv[1], argv[2]))
    return 1;
  for (run.child = 0; run.child < CHILDREN; run.child++) {
    run.checks = run.failures = 0;
    bool ran = run_child(&run);
    printf("%s matrix.%s-%s.handed.%s: %ld checks, %ld failed\n", ran && !run.failures ? "ok" : "not ok",
           argv[1], argv[2], children[run.child].name, run.checks, run.failures);
    failed += !ran || run.failures;
  }
  WSACleanup();
  return failed > 0;
}

/* matrix LOWER UPPER: every kind of WSASocket call through the catalog's chains, against the model. LOWER and
 * UPPER are the kinds of the recording layers around ours: ifs, non-ifs, none.
 *
 * A policy decides by the program's name, so each verdict has a process of its own: a copy of this program
 * under the verdict's name, beside it, run as `VERDICT.exe LOWER UPPER --as VERDICT`. Prints a line for each
 * verdict and the number of cases. Exit status 1 where one failed. */
#include "../start_child.h"
#include "leftovers.h"
#include "model.h"
#include "propagation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum { REJECTED = WSAEPROTOTYPE, FAILURES_SHOWN = 10 };

static const DWORD flag_sets[] = {
    0,
    WSA_FLAG_OVERLAPPED,
    WSA_FLAG_MULTIPOINT_C_LEAF | WSA_FLAG_MULTIPOINT_D_LEAF,
    WSA_FLAG_OVERLAPPED | WSA_FLAG_MULTIPOINT_C_LEAF | WSA_FLAG_MULTIPOINT_D_LEAF,
    WSA_FLAG_OVERLAPPED | WSA_FLAG_MULTIPOINT_C_ROOT | WSA_FLAG_MULTIPOINT_D_ROOT,
    WSA_FLAG_MULTIPOINT_C_ROOT | WSA_FLAG_MULTIPOINT_D_LEAF,
    WSA_FLAG_OVERLAPPED | WSA_FLAG_MULTIPOINT_C_LEAF,
    WSA_FLAG_MULTIPOINT_C_ROOT | WSA_FLAG_MULTIPOINT_C_LEAF | WSA_FLAG_MULTIPOINT_D_LEAF,
};
enum { FLAG_SETS = sizeof flag_sets / sizeof *flag_sets };

typedef struct matrix {
  shape_t shape;
  verdict_t verdict;
  events_t seen;
  long cases, failures;
} matrix_t;

static bool same_info(const WSAPROTOCOL_INFOW *expected, const WSAPROTOCOL_INFOW *seen)
{
  if (memcmp(expected, seen, sizeof *seen) == 0)
    return true;
  printf("  SO_PROTOCOL_INFO: id %lu, protocol %d, flags 0x%lx; expected %lu, %d, 0x%lx\n",
         seen->dwCatalogEntryId, seen->iProtocol, seen->dwServiceFlags1, expected->dwCatalogEntryId,
         expected->iProtocol, expected->dwServiceFlags1);
  return false;
}

/* What the program sees of the socket; then it is closed. */
static bool check_socket(const matrix_t *matrix, SOCKET s, const outcome_t *expected)
{
  WSAPROTOCOL_INFOW info;
  int size = sizeof info;
  int level, kind;
  bool good = true;
  DWORD owner = holdings_owner(s);

  if (!shape_find(&matrix->shape, owner, &level, &kind) || owner != expected->info.dwCatalogEntryId) {
    printf("  the handle belongs to entry %lu, not %lu\n", owner, expected->info.dwCatalogEntryId);
    good = false;
  }
  if (getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size) ||
      !same_info(&expected->info, &info))
    good = false;
  if (closesocket(s)) {
    printf("  closesocket: %d\n", WSAGetLastError());
    good = false;
  }
  return good;
}

static void run_case(matrix_t *matrix, const attempt_t *attempt)
{
  static outcome_t expected;
  WSAPROTOCOL_INFOW given;

  model_predict(&matrix->shape, &matrix->verdict, attempt, &expected);
  if (attempt->info != NULL)
    given = *attempt->info;
  matrix->seen.count = 0;
  WSASetLastError(0);
  SOCKET s = WSASocketW(attempt->af, attempt->type, attempt->protocol, attempt->info != NULL ? &given : NULL,
                        attempt->g, attempt->flags);
  int error = s == INVALID_SOCKET ? WSAGetLastError() : 0;
  matrix->cases++;
  events_keep(&matrix->seen, "WSPSocket");
  bool good = events_same(&expected.handed, &matrix->seen, "WSASocket");
  if (attempt->info != NULL && memcmp(&given, attempt->info, sizeof given) != 0) {
    printf("  the program's own info was written to\n");
    good = false;
  }
  if (error != expected.error) {
    printf("  error %d, expected %d\n", error, expected.error);
    good = false;
  }
  if (s != INVALID_SOCKET && error == expected.error)
    good = check_socket(matrix, s, &expected) && good;
  else if (s != INVALID_SOCKET)
    closesocket(s);
  if (good)
    return;
  printf("  in: af %d, type %d, protocol %d, flags 0x%lx, g %u, info %lu\n", attempt->af, attempt->type,
         attempt->protocol, attempt->flags, attempt->g,
         attempt->info != NULL ? attempt->info->dwCatalogEntryId : 0);
  matrix->failures++;
}

/* A value itself, the wildcard, FROM_PROTOCOL_INFO. */
static int way(int which, int value)
{
  return which == 0 ? value : which == 1 ? 0 : FROM_PROTOCOL_INFO;
}

/* All ways of asking for one kind with one set of flags: by lpProtocolInfo of every entry, and without. How
 * wildcards are looked up in the catalog is documented and the stand-in's, but not every other ws2_32's. */
static void run_kind(matrix_t *matrix, int kind, DWORD flags, GROUP g)
{
  for (int level = -1; level < matrix->shape.levels; level++) {
    int way_count = level < 0 && holdings_foreign() ? 1 : 27;

    for (int ways = 0; ways < way_count && matrix->failures < FAILURES_SHOWN; ways++) {
      attempt_t attempt = {.af = way(ways % 3, kinds[kind].af),
                           .type = way(ways / 3 % 3, kinds[kind].type),
                           .protocol = way(ways / 9, kinds[kind].protocol),
                           .info = level < 0 ? NULL : &matrix->shape.entries[level][kind],
                           .g = g,
                           .flags = flags};

      run_case(matrix, &attempt);
    }
  }
}

static void run_sockets(matrix_t *matrix)
{
  WSADATA data;

  WSAStartup(MAKEWORD(2, 2), &data);
  /* Once for nothing: everything is loaded and started then. */
  for (int kind = 0; kind < KINDS; kind++)
    run_kind(matrix, kind, 0, 0);
  holdings_t before = holdings_count();
  for (int kind = 0; kind < KINDS; kind++) {
    for (int set = 0; set < FLAG_SETS; set++)
      run_kind(matrix, kind, flag_sets[set], set % 2 ? SG_UNCONSTRAINED_GROUP : 0);
  }
  matrix->failures += holdings_left(&before, "after all sockets");
  WSACleanup();
}

static void run_propagation(matrix_t *matrix)
{
  propagation_run(&matrix->shape, &matrix->seen, &matrix->cases, &matrix->failures);
  holdings_t before = holdings_count();
  propagation_run(&matrix->shape, &matrix->seen, &matrix->cases, &matrix->failures);
  matrix->failures += holdings_left(&before, "after all starts");
}

/* "allow", "reject", "rewrite-KIND": what tests/e2e/matrix/policies says to a program of that name. */
static bool parse_verdict(const char *name, verdict_t *verdict)
{
  *verdict = (verdict_t){.action = MODEL_ALLOW};
  if (strcmp(name, "allow") == 0 || strcmp(name, "propagation") == 0)
    return true;
  *verdict = (verdict_t){.action = MODEL_REJECT, .error = REJECTED};
  if (strcmp(name, "reject") == 0)
    return true;
  *verdict = (verdict_t){.action = MODEL_REWRITE};
  for (int kind = 0; kind < KINDS; kind++) {
    verdict->target = kind;
    if (strncmp(name, "rewrite-", 8) == 0 && strcmp(name + 8, kinds[kind].name) == 0)
      return true;
  }
  return false;
}

static int run_as(const char *lower, const char *upper, const char *name)
{
  static matrix_t matrix;

  if (!parse_verdict(name, &matrix.verdict) || !shape_read(&matrix.shape, lower, upper) ||
      !events_watch(&matrix.shape, &matrix.seen))
    return 1;
  DWORD started = GetTickCount();
  bool sockets = strcmp(name, "propagation") != 0;
  if (sockets)
    run_sockets(&matrix);
  else
    run_propagation(&matrix);
  printf("%s matrix.%s-%s.%s: %ld %s, %ld failed, %lu ms\n", matrix.failures ? "not ok" : "ok", lower, upper,
         name, matrix.cases, sockets ? "cases" : "checks", matrix.failures, GetTickCount() - started);
  return matrix.failures > 0;
}

/* A copy of this program beside it, under the verdict's name. */
static int run_copy(const char *lower, const char *upper, const char *name)
{
  wchar_t self[MAX_PATH], copy[MAX_PATH], command[256];

  GetModuleFileNameW(NULL, self, MAX_PATH);
  wcscpy(copy, self);
  swprintf(wcsrchr(copy, L'\\') + 1, 64, L"%s.exe", name);
  swprintf(command, 256, L"\"%s\" %s %s --as %s", name, lower, upper, name);
  STARTUPINFOW startup = {.cb = sizeof startup};
  PROCESS_INFORMATION process;
  DWORD status = 1;
  if (!CopyFileW(self, copy, FALSE) || !start_child(copy, command, 0, &startup, &process)) {
    printf("not ok matrix.%s-%s.%s: cannot be run: %lu\n", lower, upper, name, GetLastError());
    return 1;
  }
  WaitForSingleObject(process.hProcess, INFINITE);
  GetExitCodeProcess(process.hProcess, &status);
  CloseHandle(process.hProcess);
  CloseHandle(process.hThread);
  return status != 0;
}

int main(int argc, char **argv)
{
  setvbuf(stdout, NULL, _IONBF, 0);
  if (argc == 5 && strcmp(argv[3], "--as") == 0)
    return run_as(argv[1], argv[2], argv[4]);
  if (argc != 3) {
    fputs("usage: matrix LOWER UPPER\n", stderr);
    return 2;
  }
  int failed = run_copy(argv[1], argv[2], "propagation") + run_copy(argv[1], argv[2], "allow") +
               run_copy(argv[1], argv[2], "reject");
  for (int kind = 0; kind < KINDS; kind++) {
    char name[32];

    snprintf(name, sizeof name, "rewrite-%s", kinds[kind].name);
    failed += run_copy(argv[1], argv[2], name);
  }
  return failed > 0;
}

/* The decision log: what is written, when it is written once for many, what becomes of what cannot be
 * written, and which file it goes to. docs/operations.md. The clocks and the disk are the test's
 * (fake_host.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "decision_log.h"
#include "decision_log_file.h"
#include "event_log.h"
#include "report.h"
#include "session.h"

static WCHAR folder[MAX_PATH];
static char read_back[256 * 1024];

static const WCHAR *file_path(const WCHAR *name)
{
  static WCHAR path[MAX_PATH * 2];

  wcscpy(path, folder);
  wcscat(path, L"\\");
  wcscat(path, name);
  return path;
}

static void empty_folder(void)
{
  WIN32_FIND_DATAW found;
  HANDLE search = FindFirstFileW(file_path(L"*"), &found);

  if (search == INVALID_HANDLE_VALUE)
    return;
  do {
    if (!DeleteFileW(file_path(found.cFileName)))
      RemoveDirectoryW(file_path(found.cFileName));
  } while (FindNextFileW(search, &found));
  FindClose(search);
}

static void use_level(log_level_t level)
{
  settings_log_t settings = {.level = level};

  wcscpy(settings.dir, folder);
  decision_log_configure(&settings);
}

static int log_setup(void **state)
{
  static DWORD clock;

  session_setup(state);
  clock += 24 * 60 * 60 * 1000; /* what an earlier test used up is long ago */
  fake_host.tick = clock;
  GetTempPathW(MAX_PATH, folder);
  wcscat(folder, L"sockwarden-log-test");
  CreateDirectoryW(folder, NULL);
  empty_folder();
  event_log_unwritable(NULL, 0); /* what was left out earlier is reported now */
  fake_host.tick += 60 * 1000;
  fake_host.events = 0;
  use_level(LOG_LEVEL_NOTABLE);
  return 0;
}

static int log_teardown(void **state)
{
  settings_log_t nothing = {.level = LOG_LEVEL_NOTHING};

  fake_host.disk_error = 0;
  fake_host.tick += 60 * 60 * 1000;
  report_end();
  decision_log_configure(&nothing);
  empty_folder();
  RemoveDirectoryW(folder);
  return session_teardown(state);
}

/* All bytes of that file; "" where there is none. Lines are counted. */
static int read_file(const WCHAR *name)
{
  FILE *file = _wfopen(file_path(name), L"rb");
  size_t got = file == NULL ? 0 : fread(read_back, 1, sizeof read_back - 1, file);
  int lines = 0;

  read_back[got] = '\0';
  if (file != NULL)
    fclose(file);
  for (size_t i = 0; i < got; i++)
    lines += read_back[i] == '\n';
  assert_true(got == 0 || read_back[got - 1] == '\n');
  return lines;
}

static const WCHAR first_name[] = L"sockwarden-20260201-000.jsonl";

static const char *line(int number)
{
  char *at = read_back;

  for (; number > 0; number--)
    at = strchr(at, '\n') + 1;
  return at;
}

static const policy_request_t usual_request = {
    .requested = {AF_INET, SOCK_RAW, 0}, .effective = {AF_INET, SOCK_RAW, 1}, .flags = 1, .provider = "base"};

static policy_verdict_t verdict_of(policy_action_t action)
{
  policy_verdict_t verdict = {.action = action, .decided = action, .generation = 7, .cost = 12};

  verdict.set_hash = UINT64_C(0x0123456789abcdef);
  verdict.triple = verdict.wanted = usual_request.effective;
  verdict.error = action == POLICY_REJECT ? WSAEACCES : 0;
  return verdict;
}

static policy_verdict_t rejection(const char *reason)
{
  policy_verdict_t verdict = verdict_of(POLICY_REJECT);

  strcpy(verdict.file, "10-raw.lua");
  verdict.line = 3;
  strcpy(verdict.rule, "no raw");
  snprintf(verdict.reason, sizeof verdict.reason, "%s", reason);
  return verdict;
}

/* As decision.c does after a decision. */
static void decide(const policy_verdict_t *verdict)
{
  if (report_wants(verdict))
    report_decision(NULL, &usual_request, verdict);
}

static void decide_reason(const char *reason)
{
  policy_verdict_t verdict = rejection(reason);

  decide(&verdict);
}

static void a_record(void **state)
{
  char expected[1024];

  (void)state;
  decide_reason("because");
  snprintf(
      expected, sizeof expected,
      "{\"time\":\"2026-02-01T03:04:05.067Z\",\"kind\":\"decision\",\"mode\":\"enforce\",\"verdict\":"
      "\"reject\","
      "\"code\":10013,\"error\":\"WSAEACCES\",\"pid\":%lu,"
      "\"requested\":{\"af\":2,\"type\":3,\"protocol\":0},\"effective\":{\"af\":2,\"type\":3,\"protocol\":1},"
      "\"flags\":1,\"provider\":\"base\",\"file\":\"10-raw.lua\",\"line\":3,\"rule\":\"no raw\","
      "\"reason\":\"because\",\"generation\":7,\"policies\":\"0123456789abcdef\",\"cost\":12}\n",
      (unsigned long)GetCurrentProcessId());
  assert_int_equal(read_file(first_name), 1);
  assert_string_equal(read_back, expected);
  assert_false(fake_host.append_inheritable);
}

/* In audit mode too: what would have been done. */
static void a_rewrite_shows_the_new_triple(void **state)
{
  policy_verdict_t verdict = verdict_of(POLICY_REWRITE);

  (void)state;
  verdict.wanted = (policy_triple_t){AF_INET, SOCK_DGRAM, 17};
  verdict.mode = POLICY_MODE_AUDIT;
  verdict.action = POLICY_ALLOW;
  verdict.failed = true;
  strcpy(verdict.log, "one\ntwo");
  decide(&verdict);
  assert_int_equal(read_file(first_name), 1);
  assert_non_null(strstr(read_back, "\"mode\":\"audit\",\"verdict\":\"rewrite\",\"failed\":true,"));
  assert_non_null(strstr(read_back, "\"rewritten\":{\"af\":2,\"type\":2,\"protocol\":17}"));
  assert_non_null(strstr(read_back, "\"log\":\"one\\ntwo\""));
}

static void the_process_is_named(void **state)
{
  process_attributes_t *attributes = process_attributes_new();
  policy_verdict_t verdict = rejection("");
  policy_attribute_value_t value;

  (void)state;
  report_decision(attributes, &usual_request, &verdict);
  assert_int_equal(read_file(first_name), 1);
  assert_non_null(strstr(read_back, "\"app\":\"test_lsp_decision_log.exe\","));
  assert_non_null(strstr(read_back, "\\\\test_lsp_decision_log.exe\",\"sid\":\"S-1-5-"));
  assert_null(strstr(read_back, "\"user\":")); /* takes RPC: not for a log */
  assert_true(process_attributes_read(attributes, POLICY_ATTRIBUTE_USER, &value));
  decide_reason("");
  report_decision(attributes, &usual_request, &verdict);
  assert_int_equal(read_file(first_name), 3);
  assert_non_null(strstr(read_back, "\"user\":")); /* but where a policy had it looked up */
  process_attributes_free(attributes);
}

static void levels(void **state)
{
  policy_verdict_t allowed = verdict_of(POLICY_ALLOW), off = rejection("off"),
                   logged = verdict_of(POLICY_ALLOW), failed = verdict_of(POLICY_ALLOW);
  policy_report_t info = {.severity = POLICY_INFO, .message = "m"},
                  warning = {.severity = POLICY_WARNING, .message = "m", .file = "a.lua", .line = 2};

  (void)state;
  off.mode = POLICY_MODE_OFF;
  strcpy(logged.log, "seen");
  failed.failed = true;
  for (int level = LOG_LEVEL_NOTHING; level <= LOG_LEVEL_EVERYTHING; level++) {
    static const int expected[] = {0, 4, 6};

    report_end();
    empty_folder();
    use_level((log_level_t)level);
    decide(&allowed);
    decide(&off);
    decide(&logged);
    decide(&failed);
    decide_reason("reject");
    report_policy(NULL, &info);
    report_policy(NULL, &warning);
    assert_int_equal(read_file(first_name), expected[level]);
  }
  assert_non_null(strstr(read_back, "\"kind\":\"policy\",\"severity\":\"warning\""));
  assert_non_null(strstr(read_back, "\"file\":\"a.lua\",\"line\":2,\"message\":\"m\"}\n"));
}

/* Any bytes come out as JSON, and the longest fit. */
static void texts_of_any_bytes(void **state)
{
  policy_verdict_t verdict;

  (void)state;
  decide_reason("a\"b\\c\nd\x01\x7f"
                "e\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
  assert_int_equal(read_file(first_name), 1);
  assert_non_null(
      strstr(read_back, "\"a\\\"b\\\\c\\nd\\u0001\\u007fe\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\""));
  decide_reason("\x80|\xc0\xaf|\xed\xa0\x80|\xe2\x82|\xf5\x80\x80\x80");
  assert_int_equal(read_file(first_name), 2);
  assert_non_null(
      strstr(read_back,
             "\"\\ufffd|\\ufffd\\ufffd|\\ufffd\\ufffd\\ufffd|\\ufffd\\ufffd|\\ufffd\\ufffd\\ufffd\\ufffd\""));
  verdict = rejection("");
  memset(verdict.file, 1, sizeof verdict.file - 1);
  memset(verdict.rule, 1, sizeof verdict.rule - 1);
  memset(verdict.reason, 1, sizeof verdict.reason - 1);
  memset(verdict.log, 1, sizeof verdict.log - 1);
  verdict.cost = UINT64_MAX / 2;
  verdict.line = INT32_MIN;
  decide(&verdict);
  assert_int_equal(read_file(first_name), 3);
  assert_non_null(strstr(line(2), "\\u0001...\",\"line\":-2147483648,"));
  assert_non_null(strstr(line(2), "\"cost\":9223372036854775807}\n"));
}

static void equal_decisions_are_counted(void **state)
{
  (void)state;
  for (int i = 0; i < 5; i++) {
    decide_reason("IPv4"); /* programs ask by turns */
    decide_reason("IPv6");
  }
  assert_int_equal(read_file(first_name), 2);
  fake_host.tick += LOG_REPEAT_MS;
  decide_reason("IPv4");
  assert_int_equal(read_file(first_name), 3);
  assert_non_null(strstr(line(2), "\"reason\":\"IPv4\""));
  assert_non_null(strstr(line(2), "\"repeated\":5}\n"));
  use_level(LOG_LEVEL_NOTABLE); /* the settings are read again and again */
  assert_int_equal(read_file(first_name), 4);
  assert_non_null(strstr(line(3), "\"reason\":\"IPv6\""));
  assert_non_null(strstr(line(3), "\"repeated\":4}\n"));
  decide_reason("IPv4");
  report_end();
  assert_int_equal(read_file(first_name), 5);
  assert_non_null(strstr(line(4), "\"repeated\":1}\n"));
}

static void something_else_drives_counts_out(void **state)
{
  (void)state;
  decide_reason("a");
  decide_reason("a");
  decide_reason("b");
  decide_reason("c");
  decide_reason("d");
  assert_int_equal(read_file(first_name), 4);
  decide_reason("e");
  assert_int_equal(read_file(first_name), 6);
  assert_non_null(strstr(line(4), "\"reason\":\"a\""));
  assert_non_null(strstr(line(4), "\"repeated\":1}\n"));
}

static void a_process_writes_so_much_a_minute(void **state)
{
  char reason[64];
  int lines;

  (void)state;
  for (int i = 0; i < 1000; i++) {
    snprintf(reason, sizeof reason, "number %d", i);
    decide_reason(reason);
  }
  lines = read_file(first_name);
  assert_true(lines > 50);
  assert_true(strlen(read_back) < LOG_MINUTE_BYTES);
  fake_host.tick += 60 * 1000;
  decide_reason("later");
  assert_int_equal(read_file(first_name), lines + 1);
  snprintf(reason, sizeof reason, "\"dropped\":%d}\n", 1000 - lines);
  assert_non_null(strstr(line(lines), reason));
}

static void a_full_disk(void **state)
{
  (void)state;
  fake_host.disk_error = ERROR_DISK_FULL;
  SetLastError(4711);
  decide_reason("a");
  assert_int_equal(GetLastError(), 4711);
  assert_int_equal(fake_host.events, 2); /* the rejection, and that the log cannot be written */
  assert_int_equal(fake_host.event_id, 5);
  assert_int_equal(wcscmp(fake_host.event_strings[2], L"112"), 0);
  decide_reason("b");
  decide_reason("c");
  assert_int_equal(fake_host.appends, 1); /* nothing is tried for a while */
  fake_host.tick += LOG_RETRY_MS;
  decide_reason("d");
  assert_int_equal(fake_host.appends, 2);
  fake_host.disk_error = 0;
  fake_host.tick += LOG_RETRY_MS;
  decide_reason("e");
  assert_int_equal(GetLastError(), 4711);
  assert_int_equal(read_file(first_name), 1);
  assert_non_null(strstr(read_back, "\"reason\":\"e\""));
  assert_non_null(strstr(read_back, "\"lost\":4}\n"));
}

static void a_missing_folder(void **state)
{
  (void)state;
  report_end();
  RemoveDirectoryW(folder);
  decide_reason("a");
  assert_int_equal(fake_host.appends, 0);
  assert_int_equal(fake_host.event_id, 5);
  assert_int_equal(wcscmp(fake_host.event_strings[2], L"3"), 0);
  CreateDirectoryW(folder, NULL);
  fake_host.tick += LOG_RETRY_MS;
  decide_reason("b");
  assert_int_equal(read_file(first_name), 1);
  assert_non_null(strstr(read_back, "\"lost\":1}\n"));
}

static void make_full(const WCHAR *name, LONG bytes)
{
  HANDLE file = CreateFileW(file_path(name), GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);

  assert_true(file != INVALID_HANDLE_VALUE);
  SetFilePointer(file, bytes, NULL, FILE_BEGIN);
  assert_true(SetEndOfFile(file));
  CloseHandle(file);
}

static void the_next_file(void **state)
{
  (void)state;
  make_full(first_name, LOG_FILE_BYTES);
  CreateDirectoryW(file_path(L"sockwarden-20260201-001.jsonl"), NULL); /* laid in the way */
  decide_reason("a");
  assert_int_equal(read_file(L"sockwarden-20260201-002.jsonl"), 1);
  make_full(L"sockwarden-20260201-003.jsonl", 0);
  WCHAR link[MAX_PATH * 2];
  wcscpy(link, file_path(L"sockwarden-20260202-000.jsonl"));
  assert_true(CreateHardLinkW(link, file_path(L"sockwarden-20260201-003.jsonl"), NULL));
  fake_host.day = 2;
  decide_reason("b");
  assert_int_equal(read_file(L"sockwarden-20260202-000.jsonl"), 0);
  assert_int_equal(read_file(L"sockwarden-20260202-001.jsonl"), 1);
}

static void an_open_file_that_gets_full(void **state)
{
  (void)state;
  decide_reason("a");
  HANDLE file = CreateFileW(file_path(first_name), GENERIC_WRITE, 7, NULL, OPEN_EXISTING, 0, NULL);
  assert_true(file != INVALID_HANDLE_VALUE); /* the log shares everything */
  SetFilePointer(file, LOG_FILE_BYTES, NULL, FILE_BEGIN);
  SetEndOfFile(file);
  CloseHandle(file);
  decide_reason("b");
  assert_int_equal(read_file(L"sockwarden-20260201-001.jsonl"), 1);
}

static void all_files_of_a_day_are_full(void **state)
{
  WCHAR name[64];

  (void)state;
  for (int i = 0; i < LOG_FILE_NUMBERS; i++) {
    swprintf(name, 64, L"sockwarden-20260201-%03d.jsonl", i);
    make_full(name, LOG_FILE_BYTES);
  }
  decide_reason("a");
  assert_int_equal(fake_host.appends, 0);
  fake_host.day = 2;
  fake_host.tick += LOG_RETRY_MS;
  decide_reason("b");
  assert_int_equal(read_file(L"sockwarden-20260202-000.jsonl"), 1);
  assert_non_null(strstr(read_back, "\"lost\":1}"));
}

enum { THREADS = 8, RECORDS = 200 };

static DWORD WINAPI append_many(LPVOID argument)
{
  char text[64];
  SYSTEMTIME now = {.wYear = 2026, .wMonth = 2, .wDay = 1};
  DWORD failed = 0;

  for (int i = 0; i < RECORDS; i++) {
    int size =
        snprintf(text, sizeof text, "{\"thread\":%d,\"number\":%04d,\"end\":1}\n", (int)(INT_PTR)argument, i);

    failed += decision_log_file_append(&now, text, (DWORD)size) != 0;
    if (argument == NULL && i % 50 == 0)
      decision_log_file_close(); /* under everybody's hands */
  }
  return failed;
}

static void many_threads(void **state)
{
  HANDLE threads[THREADS];
  int ends = 0;

  (void)state;
  for (int i = 0; i < THREADS; i++)
    threads[i] = CreateThread(NULL, 0, append_many, (LPVOID)(INT_PTR)i, 0, NULL);
  for (int i = 0; i < THREADS; i++) {
    DWORD failed;

    WaitForSingleObject(threads[i], INFINITE);
    GetExitCodeThread(threads[i], &failed);
    assert_int_equal(failed, 0);
    CloseHandle(threads[i]);
  }
  assert_int_equal(read_file(first_name), THREADS * RECORDS);
  for (const char *at = read_back; (at = strstr(at, ",\"end\":1}\n{")) != NULL; at++)
    ends++;
  assert_int_equal(ends, THREADS * RECORDS - 1); /* whole lines only */
}

static WSPPROC_TABLE table;
static int socket_inside;

static void socket_while_logging(void)
{
  INT error = 0;

  socket_inside = (int)table.lpWSPSocket(AF_INET, SOCK_STREAM, 0, NULL, 0, 0, &error);
}

/* The whole way: a thread that serves a client, a call refused, one record, logged as the process; the
 * event's own sockets pass; what the program sees is what the policy said. */
static void a_refused_call(void **state)
{
  INT error = 0;
  HANDLE token;

  (void)state;
  table = session_started(ID_OUR_TCP4);
  fake_policy.action = POLICY_REJECT;
  fake_policy.error = WSAEACCES;
  strcpy(fake_policy.reason, "no");
  fake_host.in_event = socket_while_logging;
  assert_true(ImpersonateSelf(SecurityImpersonation));
  SetLastError(4711);
  assert_true(table.lpWSPSocket(AF_INET, SOCK_STREAM, 0, NULL, 0, 0, &error) == INVALID_SOCKET);
  assert_int_equal(error, WSAEACCES);
  assert_int_equal(GetLastError(), 4711);
  assert_true(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token)); /* still impersonating */
  CloseHandle(token);
  RevertToSelf();
  assert_false(fake_host.append_impersonating);
  assert_int_equal(fake_host.events, 1);
  assert_int_equal(socket_inside, 100);
  assert_int_equal(fake_policy.decisions, 1);
  assert_int_equal(read_file(first_name), 1);
  assert_true(table.lpWSPSocket(AF_INET, SOCK_STREAM, 0, NULL, 0, 0, &error) == INVALID_SOCKET);
  assert_int_equal(read_file(first_name), 1);
  session_end(&table); /* the count is written by the last cleanup */
  assert_int_equal(read_file(first_name), 2);
  assert_non_null(strstr(line(1), "\"repeated\":1}\n"));
}

static void allowed_calls_cost_nothing(void **state)
{
  INT error = 0;

  (void)state;
  table = session_started(ID_OUR_TCP4);
  long before = heap_blocks();
  for (int i = 0; i < 100; i++)
    table.lpWSPSocket(AF_INET, SOCK_STREAM, 0, NULL, 0, 0, &error);
  assert_int_equal(fake_host.appends, 0);
  assert_int_equal(fake_host.events, 0);
  assert_true(heap_blocks() <= before + 8); /* the engine's, made by the first */
  session_end(&table);
  assert_int_equal(read_file(first_name), 0);
}

#define LOG_TEST(f) cmocka_unit_test_setup_teardown(f, log_setup, log_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
      LOG_TEST(a_record),
      LOG_TEST(a_rewrite_shows_the_new_triple),
      LOG_TEST(the_process_is_named),
      LOG_TEST(levels),
      LOG_TEST(texts_of_any_bytes),
      LOG_TEST(equal_decisions_are_counted),
      LOG_TEST(something_else_drives_counts_out),
      LOG_TEST(a_process_writes_so_much_a_minute),
      LOG_TEST(a_full_disk),
      LOG_TEST(a_missing_folder),
      LOG_TEST(the_next_file),
      LOG_TEST(an_open_file_that_gets_full),
      LOG_TEST(all_files_of_a_day_are_full),
      LOG_TEST(many_threads),
      LOG_TEST(a_refused_call),
      LOG_TEST(allowed_calls_cost_nothing),
  };

  return cmocka_run_group_tests_name("lsp: the decision log", tests, NULL, NULL);
}

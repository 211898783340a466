/* The Windows Event Log: what is written, how much of it, and that the DLL holds the text of every event.
 * docs/operations.md, "Events". */
#include <stdio.h>
#include <string.h>
#include "event_log.h"
#include "session.h"

static const policy_request_t request = {.requested = {AF_INET, SOCK_RAW, 0}, .effective = {AF_INET, 3, 1}};

static int event_setup(void **state)
{
  static DWORD clock;

  session_setup(state);
  clock += 24 * 60 * 60 * 1000; /* what an earlier test used up is long ago */
  fake_host.tick = clock;
  return 0;
}

static policy_verdict_t rejection(void)
{
  policy_verdict_t verdict = {
      .action = POLICY_REJECT, .decided = POLICY_REJECT, .error = WSAEACCES, .line = 3};

  strcpy(verdict.file, "10-raw.lua");
  strcpy(verdict.rule, "no raw");
  strcpy(verdict.reason, "100%1 %n \xc3\xa9");
  return verdict;
}

static void assert_string(int number, const WCHAR *expected)
{
  assert_int_equal(wcscmp(fake_host.event_strings[number], expected), 0);
}

static void a_rejection(void **state)
{
  process_attributes_t *attributes = process_attributes_new();
  policy_verdict_t verdict = rejection();
  WCHAR pid[16];

  (void)state;
  swprintf(pid, 16, L"%lu", GetCurrentProcessId());
  event_log_decision(attributes, &request, &verdict);
  assert_int_equal(fake_host.events, 1);
  assert_int_equal(fake_host.event_type, EVENTLOG_WARNING_TYPE);
  assert_int_equal(fake_host.event_id, EVENT_REJECTED);
  assert_string(0, L"test_lsp_event_log.exe");
  assert_string(1, pid);
  assert_string(2, L"AF_INET, 3, 1"); /* the double knows one name */
  assert_string(3, L"WSAEACCES (10013)");
  assert_string(4, L"10-raw.lua:3, no raw");
  assert_string(5, L"100\uff051 %n \u00e9"); /* no place to fill in */
  process_attributes_free(attributes);
}

static void in_audit_mode(void **state)
{
  policy_verdict_t verdict = rejection();

  (void)state;
  verdict.mode = POLICY_MODE_AUDIT;
  verdict.action = POLICY_ALLOW;
  verdict.file[0] = verdict.reason[0] = '\0';
  event_log_decision(NULL, &request, &verdict);
  assert_int_equal(fake_host.event_id, EVENT_WOULD_REJECT);
  assert_int_equal(fake_host.event_type, EVENTLOG_INFORMATION_TYPE);
  assert_string(4, L"no policy");
  assert_string(5, L"none given");
}

static void reports(void **state)
{
  policy_report_t error = {.severity = POLICY_ERROR, .file = "a.lua", .line = 2, .message = "broken"},
                  warning = {.severity = POLICY_WARNING, .message = "settings", .advice = "mend"},
                  info = {.severity = POLICY_INFO, .message = "well"};
  policy_verdict_t verdict = {.decided = POLICY_REWRITE};

  (void)state;
  event_log_report(NULL, &error);
  assert_int_equal(fake_host.event_id, EVENT_POLICY_ERROR);
  assert_int_equal(fake_host.event_type, EVENTLOG_ERROR_TYPE);
  assert_string(2, L"a.lua:2: error: broken");
  event_log_report(NULL, &warning);
  assert_int_equal(fake_host.event_id, EVENT_POLICY_WARNING);
  assert_int_equal(fake_host.event_type, EVENTLOG_WARNING_TYPE);
  assert_string(2, L"warning: settings");
  assert_string(3, L"mend");
  event_log_report(NULL, &info);
  event_log_decision(NULL, &request, &verdict);
  assert_int_equal(fake_host.events, 2);
}

static void long_texts_are_cut(void **state)
{
  char message[3000];
  policy_report_t error = {.severity = POLICY_ERROR, .message = message};

  (void)state;
  memset(message, 'x', sizeof message - 1);
  message[sizeof message - 1] = '\0';
  event_log_report(NULL, &error);
  assert_int_equal(fake_host.events, 1);
  assert_int_equal(wcslen(fake_host.event_strings[2]), 479);
}

static void so_many_a_minute(void **state)
{
  policy_verdict_t verdict = rejection();

  (void)state;
  for (int i = 0; i < 20; i++)
    event_log_decision(NULL, &request, &verdict);
  assert_int_equal(fake_host.events, EVENTS_A_MINUTE);
  fake_host.tick += 60 * 1000;
  event_log_decision(NULL, &request, &verdict);
  assert_int_equal(fake_host.events, EVENTS_A_MINUTE + 2);
  assert_int_equal(fake_host.event_id, EVENT_LEFT_OUT);
  assert_string(2, L"14");
}

/* A service that hangs holds up one call in five minutes, one that is away one a minute. */
static void a_slow_service(void **state)
{
  policy_verdict_t verdict = rejection();

  (void)state;
  fake_host.event_takes_ms = EVENT_SLOW_MS + 1;
  event_log_decision(NULL, &request, &verdict);
  event_log_decision(NULL, &request, &verdict);
  assert_int_equal(fake_host.events, 1);
  fake_host.event_takes_ms = 0;
  fake_host.tick += EVENT_REST_MS;
  event_log_decision(NULL, &request, &verdict);
  assert_int_equal(fake_host.events, 3);

  fake_host.no_event_service = true;
  event_log_decision(NULL, &request, &verdict);
  fake_host.no_event_service = false;
  event_log_decision(NULL, &request, &verdict);
  assert_int_equal(fake_host.events, 3);
  fake_host.tick += EVENT_RETRY_MS;
  event_log_decision(NULL, &request, &verdict);
  assert_int_equal(fake_host.events, 5);
  assert_string(2, L"2");
}

/* As the Event Viewer does: the DLL as a file of data, its message table, the strings put in. */
static void the_dll_holds_every_text(void **state)
{
  static const WCHAR *const starts[EVENT_END] = {
      [EVENT_REJECTED] = L"Sockwarden rejected a socket.",
      [EVENT_WOULD_REJECT] = L"Audit mode: Sockwarden allowed a socket that it would have rejected.",
      [EVENT_POLICY_ERROR] = L"A policy failed or could not be loaded: <3>",
      [EVENT_POLICY_WARNING] = L"A policy or a setting needs attention: <3>",
      [EVENT_LOG_UNWRITABLE] = L"The decision log cannot be written: error <3>.",
      [EVENT_LEFT_OUT] = L"<3> events of program <1> (process <2>) were left out",
  };
  static const int strings[EVENT_END] = {
      [EVENT_REJECTED] = 6,       [EVENT_WOULD_REJECT] = 6,   [EVENT_POLICY_ERROR] = 4,
      [EVENT_POLICY_WARNING] = 4, [EVENT_LOG_UNWRITABLE] = 3, [EVENT_LEFT_OUT] = 3};
  DWORD_PTR given[] = {(DWORD_PTR)L"<1>", (DWORD_PTR)L"<2>", (DWORD_PTR)L"<3>",
                       (DWORD_PTR)L"<4>", (DWORD_PTR)L"<5>", (DWORD_PTR)L"<6>"};
  HMODULE dll = LoadLibraryExA(SOCKWARDEN_DLL, NULL, LOAD_LIBRARY_AS_DATAFILE);
  WCHAR text[1024], mark[8];

  (void)state;
  assert_non_null(dll);
  for (DWORD id = 1; id < EVENT_END; id++) {
    assert_true(FormatMessageW(FORMAT_MESSAGE_FROM_HMODULE | FORMAT_MESSAGE_ARGUMENT_ARRAY, dll, id, 0, text,
                               1024, (va_list *)given) > 0);
    assert_int_equal(wcsncmp(text, starts[id], wcslen(starts[id])), 0);
    for (int i = 1; i <= 6; i++) { /* every string that is given, and no other */
      swprintf(mark, 8, L"<%d>", i);
      assert_int_equal(wcsstr(text, mark) != NULL, i <= strings[id]);
    }
  }
  assert_int_equal(FormatMessageW(FORMAT_MESSAGE_FROM_HMODULE | FORMAT_MESSAGE_ARGUMENT_ARRAY, dll, EVENT_END,
                                  0, text, 1024, (va_list *)given),
                   0);
  FreeLibrary(dll);
}

#define EVENT_TEST(f) cmocka_unit_test_setup_teardown(f, event_setup, session_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
      EVENT_TEST(a_rejection),
      EVENT_TEST(in_audit_mode),
      EVENT_TEST(reports),
      EVENT_TEST(long_texts_are_cut),
      EVENT_TEST(so_many_a_minute),
      EVENT_TEST(a_slow_service),
      EVENT_TEST(the_dll_holds_every_text),
  };

  return cmocka_run_group_tests_name("lsp: the Event Log", tests, NULL, NULL);
}

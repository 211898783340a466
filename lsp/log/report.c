#include "report.h"

#include <stdio.h>
#include "decision_log.h"
#include "event_log.h"
#include "event_log_send.h"
#include "winsock.h"

enum { LINE_BYTES = 1024 };

bool report_wants(const policy_verdict_t *verdict)
{
  return decision_log_wants(verdict);
}

/* Once, until it can be written again. */
static void report__log_trouble(process_attributes_t *facts)
{
  static volatile LONG told;
  LONG error = (LONG)decision_log_failure();

  if (InterlockedExchange(&told, error) == 0 && error != 0)
    event_log_unwritable(facts, (DWORD)error);
}

void report_decision(process_attributes_t *facts, const policy_request_t *request,
                     const policy_verdict_t *verdict)
{
  DWORD last_error = GetLastError();

  if (decision_log_decision(facts, request, verdict))
    event_log_decision(facts, request, verdict);
  report__log_trouble(facts);
  SetLastError(last_error);
}

static void report__debugger(const policy_report_t *report)
{
  static const char *const severities[] = {"info", "warning", "error"};
  const char *suggestion = report->advice != NULL ? report->advice : "";
  char line[LINE_BYTES], place[POLICY_FILE_MAX + 16] = "";

  if (report->file != NULL && report->line > 0)
    snprintf(place, sizeof place, "%s:%ld: ", report->file, (long)report->line);
  else if (report->file != NULL)
    snprintf(place, sizeof place, "%s: ", report->file);
  snprintf(line, sizeof line, "sockwarden: %s: %s%s%s%s\n", severities[report->severity], place,
           report->message, suggestion[0] != '\0' ? "; " : "", suggestion);
  OutputDebugStringA(line);
}

void report_policy(process_attributes_t *facts, const policy_report_t *report)
{
  DWORD last_error = GetLastError();

  report__debugger(report);
  if (decision_log_is_on()) {
    decision_log_report(facts, report);
    event_log_report(facts, report);
    report__log_trouble(facts);
  }
  SetLastError(last_error);
}

void report_end(void)
{
  DWORD last_error = GetLastError();

  decision_log_end();
  event_log_close();
  SetLastError(last_error);
}

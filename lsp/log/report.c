#include "report.h"

#include <string.h>
#include "decision_log.h"
#include "event_log.h"
#include "event_log_send.h"
#include "winsock.h"

enum { LINE_BYTES = 1024 };

bool report_wants(const policy_verdict_t *verdict)
{
  return decision_log_wants(verdict);
}

/* Once, until the log can be written again. */
static void report__log_failure(process_attributes_t *attributes)
{
  static volatile LONG reported;
  LONG error = (LONG)decision_log_failure();

  if (InterlockedExchange(&reported, error) == 0 && error != 0)
    event_log_unwritable(attributes, (DWORD)error);
}

void report_decision(process_attributes_t *attributes, const policy_request_t *request,
                     const policy_verdict_t *verdict)
{
  DWORD last_error = GetLastError();

  if (decision_log_decision(attributes, request, verdict))
    event_log_decision(attributes, request, verdict);
  report__log_failure(attributes);
  SetLastError(last_error);
}

static void report__debugger(const policy_report_t *report)
{
  char line[LINE_BYTES] = "sockwarden: ";
  size_t used = strlen(line);

  policy_report_text(report, line + used, sizeof line - used - 1);
  strcat(line, "\n");
  OutputDebugStringA(line);
}

void report_policy(process_attributes_t *attributes, const policy_report_t *report)
{
  DWORD last_error = GetLastError();

  report__debugger(report);
  if (decision_log_is_on()) {
    decision_log_report(attributes, report);
    event_log_report(attributes, report);
    report__log_failure(attributes);
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

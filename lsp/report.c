#include "report.h"

#include <stdio.h>
#include "winsock.h"

enum { LINE_BYTES = 1024 };

void report_policy(const policy_report_t *report)
{
  static const char *const severities[] = {"info", "warning", "error"};
  const char *suggestion = report->suggestion != NULL ? report->suggestion : "";
  DWORD last_error = GetLastError();
  char line[LINE_BYTES], place[POLICY_FILE_MAX + 16] = "";

  if (report->file != NULL && report->line > 0)
    snprintf(place, sizeof place, "%s:%ld: ", report->file, (long)report->line);
  else if (report->file != NULL)
    snprintf(place, sizeof place, "%s: ", report->file);
  snprintf(line, sizeof line, "sockwarden: %s: %s%s%s%s\n", severities[report->severity], place,
           report->message, suggestion[0] != '\0' ? "; " : "", suggestion);
  OutputDebugStringA(line);
  SetLastError(last_error);
}

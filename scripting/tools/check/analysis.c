#include "analysis.h"

void analysis_warn(analysis_t *analysis, const policy_report_t *warning)
{
  policy_report_t report = *warning;

  report.severity = POLICY_WARNING;
  report.file = analysis->entry.file;
  report.line = warning->line ? warning->line : analysis->entry.line;
  analysis->memory_short |= !policy_set_add_finding(analysis->set, &report);
}

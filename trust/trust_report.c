#include "trust_report.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "principal.h"
#include "sid.h"

/* Text of a fixed size that grows at its end. */
typedef struct appender {
  char *text;
  size_t size, used;
} appender_t;

static void trust_report__append_list(appender_t *to, const char *format, va_list arguments)
{
  int length = vsnprintf(to->text + to->used, to->size - to->used, format, arguments);

  if (length >= 0 && (size_t)length < to->size - to->used) {
    to->used += (size_t)length;
    return;
  }
  /* It is cut: without the character that may be cut too. */
  to->used = strlen(to->text);
  while (to->used && ((unsigned char)to->text[to->used - 1] & 0xc0) == 0x80)
    to->used--;
  if (to->used && (unsigned char)to->text[to->used - 1] >= 0xc0)
    to->used--;
  to->text[to->used] = 0;
  to->size = to->used + 1; /* and nothing more is added */
}

static void trust_report__append(appender_t *to, const char *format, ...)
    __attribute__((format(gnu_printf, 2, 3)));
static void trust_report__append(appender_t *to, const char *format, ...)
{
  va_list arguments;

  va_start(arguments, format);
  trust_report__append_list(to, format, arguments);
  va_end(arguments);
}

static void trust_report__append_rights(appender_t *to, DWORD rights, bool folder)
{
  static const struct {
    DWORD right;
    const char *file, *folder;
  } names[] = {
      {GENERIC_ALL, "do everything", "do everything"},
      {GENERIC_WRITE, "write", "write"},
      {FILE_WRITE_DATA, "write data", "add files"},
      {FILE_APPEND_DATA, "append data", "add folders"},
      {FILE_WRITE_EA, "write extended attributes", "write extended attributes"},
      {FILE_WRITE_ATTRIBUTES, "write attributes", "write attributes"},
      {FILE_DELETE_CHILD, "delete children", "delete what is in it"},
      {DELETE, "delete or rename it", "delete or rename it"},
      {WRITE_DAC, "change its access list", "change its access list"},
      {WRITE_OWNER, "take ownership", "take ownership"},
  };
  const char *between = " may ";

  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (rights & names[i].right) {
      trust_report__append(to, "%s%s", between, folder ? names[i].folder : names[i].file);
      between = ", ";
    }
}

static void trust_report__append_who(appender_t *to, PSID sid)
{
  const char *name = principal_name(sid);
  char text[SID_TEXT_MAX];

  sid_text(sid, text);
  if (name != NULL)
    trust_report__append(to, "%s (%s)", name, text);
  else
    trust_report__append(to, "%s", text);
}

static void trust_report__append_finding(appender_t *to, const trust_finding_t *finding, bool folder)
{
  switch (finding->reason) {
  case TRUST_OWNER:
    trust_report__append_who(to, finding->sid);
    trust_report__append(to, " owns it");
    break;
  case TRUST_GRANT:
    trust_report__append_who(to, finding->sid);
    trust_report__append_rights(to, finding->rights, folder);
    break;
  case TRUST_NO_LIST:
    trust_report__append(to, "it has no access list, so everyone may do everything");
    break;
  case TRUST_INVALID:
    trust_report__append(to, "its owner or access list is invalid");
    break;
  }
}

/* Lines for an administrator's command prompt, joined by "&". Inherited entries become its own first, or they
 * could not be removed. */
static void trust_report__append_advice(appender_t *to, const trust_findings_t *findings, bool folder,
                                        const char *path)
{
  const char *between = "run as administrator: ", *children = folder ? "(OI)(CI)" : "";
  bool split = false, anew = false;

  for (size_t i = 0; i < findings->count; i++) {
    char who[SID_TEXT_MAX];

    switch (findings->list[i].reason) {
    case TRUST_OWNER:
      trust_report__append(to, "%sicacls \"%s\" /setowner *S-1-5-32-544", between, path);
      break;
    case TRUST_GRANT:
      if (!split) {
        trust_report__append(to, "%sicacls \"%s\" /inheritance:d", between, path);
        between = " & ";
      }
      split = true;
      sid_text(findings->list[i].sid, who);
      trust_report__append(to, "%sicacls \"%s\" /remove:g *%s", between, path, who);
      break;
    case TRUST_NO_LIST:
    case TRUST_INVALID:
      if (!anew)
        trust_report__append(
            to,
            "%sicacls \"%s\" /reset & icacls \"%s\" /inheritance:r /grant:r *S-1-5-18:%sF *S-1-5-32-544:%sF "
            "*S-1-1-0:%sRX *S-1-15-2-1:%sRX",
            between, path, path, children, children, children, children);
      anew = true;
      break;
    }
    between = " & ";
  }
}

void trust_report_findings(trust_report_t *report, const trust_findings_t *findings, trust_object_t object,
                           const char *path)
{
  appender_t what = {report->what, sizeof report->what, 0};
  appender_t advice = {report->advice, sizeof report->advice, 0};
  bool folder = object != TRUST_FILE;

  report->what[0] = report->advice[0] = 0;
  if (object == TRUST_ANCESTOR || object == TRUST_LINK)
    trust_report__append(&what, "replaceable by non-administrators through \"%s\": ", path);
  else
    trust_report__append(&what, "writable by non-administrators: ");
  for (size_t i = 0; i < findings->count; i++) {
    trust_report__append(&what, "%s", i ? "; " : "");
    trust_report__append_finding(&what, &findings->list[i], folder);
  }
  trust_report__append_advice(&advice, findings, folder, path);
}

void trust_report_problem(trust_report_t *report, const char *format, ...)
{
  appender_t what = {report->what, sizeof report->what, 0};
  va_list arguments;

  report->what[0] = report->advice[0] = 0;
  va_start(arguments, format);
  trust_report__append_list(&what, format, arguments);
  va_end(arguments);
}

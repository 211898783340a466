#include "process_attributes.h"

#include <stdlib.h>
#include <string.h>
#include "process_path.h"
#include "process_services.h"
#include "process_token.h"
#include "utf8.h"
#include "winsock.h"

enum { RETRY_AFTER_MS = 60 * 1000 };

/* A text that is worth keeping: computed once, by whoever comes first. */
typedef struct kept_text {
  char *volatile text;
  volatile LONG failed; /* tick of the last failure, never 0 then */
} kept_text_t;

struct process_attributes {
  kept_text_t path;
  kept_text_t command_line;
  kept_text_t user;
  kept_text_t sid;
  kept_text_t services;
};

process_attributes_t *process_attributes_new(void)
{
  return calloc(1, sizeof(process_attributes_t));
}

void process_attributes_free(process_attributes_t *attributes)
{
  if (attributes == NULL)
    return;
  free(attributes->path.text);
  free(attributes->command_line.text);
  free(attributes->user.text);
  free(attributes->sid.text);
  free(attributes->services.text);
  free(attributes);
}

static const char *process_attributes__keep(kept_text_t *kept, char *(*compute)(void))
{
  LONG now = (LONG)(GetTickCount() | 1);

  if (kept->text != NULL)
    return kept->text;
  if (kept->failed != 0 && (ULONG)(now - kept->failed) < RETRY_AFTER_MS)
    return NULL;

  char *made = compute();
  if (made == NULL) {
    kept->failed = now;
    return NULL;
  }
  char *first = InterlockedCompareExchangePointer((PVOID volatile *)&kept->text, made, NULL);
  if (first == NULL)
    return made;
  free(made);
  return first;
}

static char *process_attributes__command_line(void)
{
  return utf8_copy(GetCommandLineW());
}

static const char *process_attributes__name(const char *path)
{
  const char *separator = path == NULL ? NULL : strrchr(path, '\\');

  return separator == NULL ? path : separator + 1;
}

bool process_attributes_read(process_attributes_t *attributes, policy_attribute_t attribute,
                             policy_attribute_value_t *value)
{
  DWORD session;

  memset(value, 0, sizeof *value);
  switch (attribute) {
  case POLICY_ATTRIBUTE_NAME:
    value->text = process_attributes__name(process_attributes__keep(&attributes->path, process_path));
    return value->text != NULL;
  case POLICY_ATTRIBUTE_PATH:
    value->text = process_attributes__keep(&attributes->path, process_path);
    return value->text != NULL;
  case POLICY_ATTRIBUTE_PID:
    value->number = GetCurrentProcessId();
    return true;
  case POLICY_ATTRIBUTE_COMMAND_LINE:
    value->text = process_attributes__keep(&attributes->command_line, process_attributes__command_line);
    return value->text != NULL;
  case POLICY_ATTRIBUTE_USER:
    value->text = process_attributes__keep(&attributes->user, process_token_user);
    return value->text != NULL;
  case POLICY_ATTRIBUTE_SID:
    value->text = process_attributes__keep(&attributes->sid, process_token_sid);
    return value->text != NULL;
  case POLICY_ATTRIBUTE_ELEVATED:
    value->flag = process_token_elevated();
    return true;
  case POLICY_ATTRIBUTE_SERVICE:
    value->text = process_attributes__keep(&attributes->services, process_services);
    value->flag = (value->text != NULL && value->text[0] != '\0') || process_token_is_service();
    if (value->text == NULL)
      value->text = "";
    return true;
  case POLICY_ATTRIBUTE_SESSION:
    if (!ProcessIdToSessionId(GetCurrentProcessId(), &session))
      return false;
    value->number = session;
    return true;
  case POLICY_ATTRIBUTE_COUNT:
    break;
  }
  return false;
}

const char *process_attributes_user_if_known(const process_attributes_t *attributes)
{
  return attributes->user.text;
}

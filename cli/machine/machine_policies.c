#include "machine_policies.h"

#include <stdio.h>
#include <stdlib.h>

#include "native_text.h"
#include "process_attributes.h"
#include "settings.h"
#include "trust_path.h"
#include "winsock.h"

static void machine_policies__read_settings(void *context, policy_settings_t *settings)
{
  (void)context;
  settings_read(settings, NULL, NULL);
}

static bool machine_policies__read_attribute(void *context, policy_attribute_t attribute,
                                             policy_attribute_value_t *value)
{
  return process_attributes_read(context, attribute, value);
}

static policy_engine_t *machine_policies__create_engine(process_attributes_t *attributes)
{
  policy_host_t host = {.context = attributes,
                        .read_settings = machine_policies__read_settings,
                        .read_attribute = machine_policies__read_attribute};

  return attributes != NULL ? policy_engine_create(&host) : NULL;
}

static void machine_policies__judge_folder(machine_policies_t *policies)
{
  trust_report_t report;
  trust_status_t status = trust_path_judge_folder(policies->settings.policy_dir, &report);

  policies->folder_exists = status != TRUST_NOT_FOUND;
  if (status == TRUST_OK) {
    policies->guard = MACHINE_GUARD_PROTECTED;
  } else if (status == TRUST_WRITABLE) {
    policies->guard = MACHINE_GUARD_WRITABLE;
    snprintf(policies->warning, sizeof policies->warning, "%s", report.what);
    snprintf(policies->advice, sizeof policies->advice, "%s", report.advice);
  } else if (status == TRUST_NO_LISTS) {
    snprintf(policies->warning, sizeof policies->warning,
             "who can write it is unknown: its volume has no access lists");
  }
}

bool machine_policies_load(machine_policies_t *policies)
{
  process_attributes_t *attributes = process_attributes_new();
  policy_engine_t *engine = machine_policies__create_engine(attributes);

  *policies = (machine_policies_t){.policies = 0};
  policy_settings_default(&policies->settings);
  settings_read(&policies->settings, NULL, NULL);
  machine_policies__judge_folder(policies);
  if (engine != NULL) {
    policies->errors = policy_engine_load(engine, &policies->policies, &policies->entries);
    policies->hash = policy_engine_hash(engine);
  }
  policy_engine_destroy(engine);
  process_attributes_free(attributes);
  return engine != NULL;
}

/* What the file system calls a folder; false where it is not there. */
static bool machine_policies__identify(const char *folder, BY_HANDLE_FILE_INFORMATION *identity)
{
  wchar_t *path = native_text_widen(folder);

  if (path == NULL)
    return false;
  HANDLE handle = CreateFileW(path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
  free(path);
  if (handle == INVALID_HANDLE_VALUE)
    return false;
  BOOL known = GetFileInformationByHandle(handle, identity);
  CloseHandle(handle);
  return known;
}

bool machine_policies_are_in(const char *folder)
{
  static policy_settings_t settings; /* large */
  BY_HANDLE_FILE_INFORMATION one, other;

  policy_settings_default(&settings);
  settings_read(&settings, NULL, NULL);
  return machine_policies__identify(folder, &one) &&
         machine_policies__identify(settings.policy_dir, &other) &&
         one.dwVolumeSerialNumber == other.dwVolumeSerialNumber &&
         one.nFileIndexHigh == other.nFileIndexHigh && one.nFileIndexLow == other.nFileIndexLow;
}

bool machine_policies_refuse(int family, int type, int protocol, int error)
{
  process_attributes_t *attributes = process_attributes_new();
  policy_engine_t *engine = machine_policies__create_engine(attributes);
  policy_request_t request = {
      .requested = {family, type, protocol}, .effective = {family, type, protocol}, .flags = 1};
  policy_verdict_t verdict = {.action = POLICY_ALLOW};

  if (engine != NULL)
    policy_decide(engine, &request, &verdict);
  policy_engine_destroy(engine);
  process_attributes_free(attributes);
  return verdict.action == POLICY_REJECT && verdict.error == error;
}

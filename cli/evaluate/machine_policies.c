#include "machine_policies.h"

#include "process_attributes.h"
#include "settings.h"
#include "winsock.h"

static void machine_policies__settings(void *context, policy_settings_t *settings)
{
  (void)context;
  settings_read(settings, NULL, NULL);
}

static bool machine_policies__fact(void *context, policy_attribute_t fact, policy_attribute_value_t *value)
{
  return process_attributes_read(context, fact, value);
}

static policy_engine_t *machine_policies__engine(process_attributes_t *facts)
{
  policy_host_t host = {.context = facts,
                        .read_settings = machine_policies__settings,
                        .read_attribute = machine_policies__fact};

  return facts != NULL ? policy_engine_create(&host) : NULL;
}

bool machine_policies_load(machine_policies_t *policies)
{
  process_attributes_t *facts = process_attributes_new();
  policy_engine_t *engine = machine_policies__engine(facts);

  *policies = (machine_policies_t){.policies = 0};
  policy_settings_default(&policies->settings);
  settings_read(&policies->settings, NULL, NULL);
  if (engine != NULL) {
    policies->errors = policy_engine_load(engine, &policies->policies, &policies->steps);
    policies->hash = policy_engine_hash(engine);
  }
  policy_engine_destroy(engine);
  process_attributes_free(facts);
  return engine != NULL;
}

/* What the file system calls a folder; false where it is not there. */
static bool machine_policies__identity(const char *folder, BY_HANDLE_FILE_INFORMATION *identity)
{
  WCHAR path[MAX_PATH * 4];

  if (!MultiByteToWideChar(CP_UTF8, 0, folder, -1, path, sizeof path / sizeof path[0]))
    return false;
  HANDLE handle = CreateFileW(path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
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
  return machine_policies__identity(folder, &one) &&
         machine_policies__identity(settings.policy_dir, &other) &&
         one.dwVolumeSerialNumber == other.dwVolumeSerialNumber &&
         one.nFileIndexHigh == other.nFileIndexHigh && one.nFileIndexLow == other.nFileIndexLow;
}

bool machine_policies_refuse(int family, int type, int protocol, int error)
{
  process_attributes_t *facts = process_attributes_new();
  policy_engine_t *engine = machine_policies__engine(facts);
  policy_request_t request = {
      .requested = {family, type, protocol}, .effective = {family, type, protocol}, .flags = 1};
  policy_verdict_t verdict = {.action = POLICY_ALLOW};

  if (engine != NULL)
    policy_decide(engine, &request, &verdict);
  policy_engine_destroy(engine);
  process_attributes_free(facts);
  return verdict.action == POLICY_REJECT && verdict.error == error;
}

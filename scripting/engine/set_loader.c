#include "set_loader.h"

#include <string.h>

#include "policy_set_build.h"

void set_loader_open(set_loader_t *loader, const policy_host_t *host)
{
  loader->host = *host;
  loader->memory = (memory_t){host->context, host->resize};
  atomic_init(&loader->on_error, POLICY_ALLOW);
}

policy_settings_t *set_loader_read_settings(set_loader_t *loader)
{
  /* Large for a host's stack. */
  policy_settings_t *settings = memory_resize(&loader->memory, NULL, sizeof *settings);

  if (settings == NULL)
    return NULL;
  policy_settings_default(settings);
  if (loader->host.read_settings != NULL)
    loader->host.read_settings(loader->host.context, settings);
  /* Only where verdicts are enforced may a failure of ours reject anything. */
  atomic_store(&loader->on_error, settings->mode == POLICY_MODE_ENFORCE ? settings->on_error : POLICY_ALLOW);
  return settings;
}

const char *set_loader_folder_path(const policy_settings_t *settings)
{
  return settings->mode == POLICY_MODE_OFF ? "" : settings->policy_dir;
}

policy_set_t *set_loader_build(set_loader_t *loader, const policy_settings_t *settings, folder_t *folder,
                               bool first)
{
  policy_set_plan_t plan = {.host = &loader->host,
                            .memory = &loader->memory,
                            .settings = settings,
                            .folder = folder,
                            .hooks = &loader->hooks,
                            .generation = atomic_fetch_add(&loader->generations, 1) + 1,
                            .unpruned = atomic_load(&loader->unpruned),
                            .first = first};

  return policy_set_build(&plan);
}

static bool set_loader__same_settings(const policy_settings_t *a, const policy_settings_t *b)
{
  return strcmp(a->policy_dir, b->policy_dir) == 0 && a->mode == b->mode && a->on_error == b->on_error &&
         a->default_verdict == b->default_verdict && a->instruction_limit == b->instruction_limit &&
         a->memory_limit_kib == b->memory_limit_kib && a->protection == b->protection;
}

bool set_loader_would_differ(set_loader_t *loader, const policy_settings_t *settings, const policy_set_t *set)
{
  return !set_loader__same_settings(settings, policy_set_settings(set)) ||
         policy_set_is_unpruned(set) != atomic_load(&loader->unpruned);
}

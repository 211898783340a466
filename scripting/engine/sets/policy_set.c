#include "policy_set_parts.h"

void policy_set_destroy(policy_set_t *set)
{
  if (set == NULL)
    return;
  memory_t memory = set->memory;
  lua_states_close(&set->states);
  match_cache_close(&set->matches, &memory);
  folder_release(set->folder);
  arena_clear(&set->arena);
  memory_free(&memory, set->entries);
  memory_free(&memory, set);
}

size_t policy_set_errors(const policy_set_t *set)
{
  return set->findings.errors;
}

void policy_set_report(const policy_set_t *set)
{
  set_findings_report(&set->findings, set->host);
}

const policy_settings_t *policy_set_settings(const policy_set_t *set)
{
  return &set->settings;
}

folder_t *policy_set_folder(const policy_set_t *set)
{
  return set->folder;
}

bool policy_set_is_unpruned(const policy_set_t *set)
{
  return set->unpruned;
}

size_t policy_set_files(const policy_set_t *set)
{
  size_t count = 0;

  for (size_t i = 0; set->files != NULL && i < folder_count(set->folder); i++)
    count += !set->files[i].broken;
  return count;
}

size_t policy_set_registered(const policy_set_t *set)
{
  return set->registered;
}

size_t policy_set_count(const policy_set_t *set)
{
  return set->entry_count;
}

policy_entry_t policy_set_entry(const policy_set_t *set, size_t index, const rule_t **rule)
{
  const entry_t *entry = &set->entries[index];

  *rule = entry->rule;
  return (policy_entry_t){.file = set->files[entry->file].name,
                          .line = entry->line,
                          .rule = entry->rule != NULL ? entry->rule->name : NULL,
                          .function = entry->rule == NULL,
                          .detail = ""};
}

const memory_t *policy_set_memory(const policy_set_t *set)
{
  return &set->memory;
}

bool policy_set_add_finding(policy_set_t *set, const policy_report_t *report)
{
  set_findings_add(&set->findings, report);
  return !set->findings.starved;
}

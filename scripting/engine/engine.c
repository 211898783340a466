#include "engine.h"

#include <string.h>

#include "current_set.h"
#include "evaluate.h"
#include "policy_set_build.h"
#include "refresh.h"
#include "set_loader.h"
#include "verdict.h"

struct policy_engine {
  set_loader_t loader;
  current_set_t current;
  refresh_t refresh;
};

policy_engine_t *policy_engine_create(const policy_host_t *host)
{
  memory_t memory = {host->context, host->resize};
  policy_engine_t *engine = memory_new(&memory, sizeof *engine);

  if (engine == NULL)
    return NULL;
  set_loader_open(&engine->loader, host);
  current_set_open(&engine->current, &memory);
  refresh_open(&engine->refresh);
  return engine;
}

void policy_engine_destroy(policy_engine_t *engine)
{
  if (engine == NULL)
    return;
  memory_t memory = engine->loader.memory;
  current_set_close(&engine->current);
  memory_free(&memory, engine);
}

/* ---- reading the set in force ---- */

static bool engine__take_set(policy_engine_t *engine, size_t *slot, policy_set_t **set)
{
  return reader_slots_take(&engine->current.readers, &engine->current.set, slot, set);
}

static void engine__release_set(policy_engine_t *engine, size_t slot)
{
  reader_slots_release(&engine->current.readers, slot);
}

static __attribute__((noinline)) bool engine__load_and_take_set(policy_engine_t *engine, size_t *slot,
                                                                policy_set_t **set)
{
  return refresh_load_first(&engine->refresh, &engine->loader, &engine->current) &&
         engine__take_set(engine, slot, set);
}

static void engine__decide(policy_engine_t *engine, const policy_request_t *request,
                           policy_verdict_t *verdict,
                           void (*visit)(void *context, const policy_entry_t *entry), void *context)
{
  policy_set_t *set;
  size_t slot;

  if (refresh_is_due(&engine->refresh))
    refresh_look(&engine->refresh, &engine->loader, &engine->current);
  if (!engine__take_set(engine, &slot, &set) && !engine__load_and_take_set(engine, &slot, &set)) {
    verdict_start(verdict, request);
    verdict_fail(verdict, (policy_action_t)atomic_load(&engine->loader.on_error),
                 "the policies could not be loaded: out of memory");
    return;
  }
  evaluate(set, slot, request, verdict, visit, context);
  engine__release_set(engine, slot);
}

void policy_decide(policy_engine_t *engine, const policy_request_t *request, policy_verdict_t *verdict)
{
  engine__decide(engine, request, verdict, NULL, NULL);
}

size_t policy_engine_load(policy_engine_t *engine, size_t *policies, size_t *entries)
{
  policy_set_t *set;
  size_t slot, errors = 1;

  refresh_look(&engine->refresh, &engine->loader, &engine->current);
  if (engine__take_set(engine, &slot, &set)) {
    errors = atomic_load(&engine->refresh.errors);
    if (policies != NULL)
      *policies = policy_set_files(set);
    if (entries != NULL)
      *entries = policy_set_registered(set);
    engine__release_set(engine, slot);
  }
  return errors;
}

uint64_t policy_engine_hash(policy_engine_t *engine)
{
  policy_set_t *set;
  size_t slot;
  uint64_t hash = 0;

  if (engine__take_set(engine, &slot, &set)) {
    hash = folder_hash(policy_set_folder(set));
    engine__release_set(engine, slot);
  }
  return hash;
}

/* ---- for tools ---- */

void policy_explain(policy_engine_t *engine, const policy_request_t *request, policy_verdict_t *verdict,
                    void (*visit)(void *context, const policy_entry_t *entry), void *context)
{
  if (!atomic_exchange(&engine->loader.unpruned, true) && atomic_load(&engine->current.set) != NULL)
    refresh_look(&engine->refresh, &engine->loader, &engine->current);
  engine__decide(engine, request, verdict, visit, context);
}

void policy_engine_entries(policy_engine_t *engine, void (*visit)(void *context, const policy_entry_t *entry),
                           void *context)
{
  policy_set_t *set;
  size_t slot;
  const rule_t *rule;

  if (!engine__take_set(engine, &slot, &set) && !engine__load_and_take_set(engine, &slot, &set))
    return;
  for (size_t i = 0; i < policy_set_count(set); i++) {
    policy_entry_t entry = policy_set_entry(set, i, &rule);

    visit(context, &entry);
  }
  engine__release_set(engine, slot);
}

policy_set_t *engine_build_linted(policy_engine_t *engine, const load_hooks_t *hooks)
{
  set_loader_t *loader = &engine->loader;
  policy_settings_t *settings = set_loader_read_settings(loader);
  folder_t *folder =
      settings != NULL ? folder_read(settings->policy_dir, settings->protection, &loader->memory) : NULL;
  policy_set_plan_t plan = {.host = &loader->host,
                            .memory = &loader->memory,
                            .settings = settings,
                            .folder = folder,
                            .hooks = hooks,
                            .unpruned = true,
                            .lint = true};
  policy_set_t *set = folder != NULL ? policy_set_build(&plan) : NULL;

  folder_release(folder);
  memory_free(&loader->memory, settings);
  return set;
}

void engine_set_hooks(policy_engine_t *engine, const load_hooks_t *hooks)
{
  engine->loader.hooks = *hooks;
}

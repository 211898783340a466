#include "engine.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "platform.h"
#include "policy_tools.h"

/* How often one caller looks whether anything changed. */
enum { LOOK_EVERY_MS = 500 };

/* Threads start to look for a free seat at one of so many; more seats are used when these are taken. */
enum { FIRST_SEATS = 8 };

/*
 * A thread that decides sits down on a seat by writing the set it uses there (a hazard pointer): a retired
 * set is freed once nobody sits on it. The seat also gives it the seat's Lua state of that set. No locks: a
 * taken seat is passed by.
 */
typedef struct seat {
  _Atomic(policy_set_t *) set;
  char padding[64 - sizeof(void *)]; /* a cache line each */
} seat_t;

typedef struct retired {
  struct retired *next;
  policy_set_t *set;
} retired_t;

struct policy_engine {
  policy_host_t host;
  memory_t memory;
  seat_t seats[POLICY_SET_READER_SLOTS];
  _Atomic(policy_set_t *) current;
  atomic_uint next_look;   /* platform_milliseconds */
  atomic_uint generations; /* handed out */
  load_hooks_t hooks;
  atomic_bool complete; /* sets keep what does not concern the process: policy_explain was called */
  atomic_int on_error;  /* of the settings last read, for when there is no set */
  atomic_size_t errors; /* in the folder as it was last loaded */

  atomic_flag refreshing; /* its holder alone touches what follows */
  folder_signature_t seen_signature;
  uint64_t seen_hash;
  bool seen; /* the two above mean something */
  retired_t *retired;
};

void policy_settings_default(policy_settings_t *settings)
{
  memset(settings, 0, sizeof *settings);
  settings->mode = POLICY_MODE_ENFORCE;
  settings->on_error = POLICY_ALLOW;
  settings->default_verdict = POLICY_ALLOW;
  settings->instruction_limit = 1000000;
  settings->memory_limit_kib = 1024;
}

policy_engine_t *policy_engine_create(const policy_host_t *host)
{
  memory_t memory = {host->context, host->resize};
  policy_engine_t *engine = memory_new(&memory, sizeof *engine);

  if (engine == NULL)
    return NULL;
  engine->host = *host;
  engine->memory = memory;
  atomic_init(&engine->on_error, POLICY_ALLOW);
  atomic_flag_clear(&engine->refreshing);
  return engine;
}

void policy_engine_destroy(policy_engine_t *engine)
{
  if (engine == NULL)
    return;
  memory_t memory = engine->memory;
  policy_set_destroy(atomic_load(&engine->current));
  while (engine->retired != NULL) {
    retired_t *retired = engine->retired;

    engine->retired = retired->next;
    policy_set_destroy(retired->set);
    memory_free(&memory, retired);
  }
  memory_free(&memory, engine);
}

/* ---- seats ---- */

/* False where there is no set. */
static bool engine__take_seat(policy_engine_t *engine, size_t *taken, policy_set_t **set)
{
  size_t seat = platform_thread() % FIRST_SEATS;

  for (;; seat = (seat + 1) % POLICY_SET_READER_SLOTS) {
    policy_set_t *nobody = NULL;
    policy_set_t *current = atomic_load(&engine->current);

    if (current == NULL)
      return false;
    if (!atomic_compare_exchange_strong(&engine->seats[seat].set, &nobody, current))
      continue;
    /* The set may have been retired between reading it and sitting down: only what is still current now is
     * safe. */
    for (policy_set_t *now; (now = atomic_load(&engine->current)) != current; current = now)
      atomic_store(&engine->seats[seat].set, now);
    *set = current;
    *taken = seat;
    return true;
  }
}

static void engine__leave_seat(policy_engine_t *engine, size_t seat)
{
  atomic_store_explicit(&engine->seats[seat].set, NULL, memory_order_release);
}

static bool engine__somebody_sits_on(policy_engine_t *engine, const policy_set_t *set)
{
  for (size_t i = 0; i < POLICY_SET_READER_SLOTS; i++)
    if (atomic_load(&engine->seats[i].set) == set)
      return true;
  return false;
}

/* ---- publishing; engine->refreshing is held ---- */

static void engine__free_retired(policy_engine_t *engine)
{
  for (retired_t **link = &engine->retired; *link != NULL;) {
    retired_t *retired = *link;

    if (engine__somebody_sits_on(engine, retired->set)) {
      link = &retired->next;
      continue;
    }
    *link = retired->next;
    policy_set_destroy(retired->set);
    memory_free(&engine->memory, retired);
  }
}

/* Put a set in force. False where memory is short; the set is then destroyed and the old one stays. */
static bool engine__publish(policy_engine_t *engine, policy_set_t *set)
{
  retired_t *retired = memory_new(&engine->memory, sizeof *retired);

  if (retired == NULL) {
    policy_set_destroy(set);
    return false;
  }
  retired->set = atomic_exchange(&engine->current, set);
  if (retired->set == NULL) {
    memory_free(&engine->memory, retired);
    return true;
  }
  retired->next = engine->retired;
  engine->retired = retired;
  return true;
}

/* ---- loading ---- */

static bool engine__same_settings(const policy_settings_t *a, const policy_settings_t *b)
{
  return strcmp(a->policy_dir, b->policy_dir) == 0 && a->mode == b->mode && a->on_error == b->on_error &&
         a->default_verdict == b->default_verdict && a->instruction_limit == b->instruction_limit &&
         a->memory_limit_kib == b->memory_limit_kib && a->protection == b->protection;
}

static policy_settings_t *engine__read_settings(policy_engine_t *engine)
{
  policy_settings_t *settings =
      memory_resize(&engine->memory, NULL, sizeof *settings); /* large for a host's stack */

  if (settings == NULL)
    return NULL;
  policy_settings_default(settings);
  if (engine->host.read_settings != NULL)
    engine->host.read_settings(engine->host.context, settings);
  /* Only where verdicts are enforced may trouble of ours reject anything. */
  atomic_store(&engine->on_error, settings->mode == POLICY_MODE_ENFORCE ? settings->on_error : POLICY_ALLOW);
  return settings;
}

/* Where the policies are read from: nowhere, as long as the layer is switched off. */
static const char *engine__folder_path(const policy_settings_t *settings)
{
  return settings->mode == POLICY_MODE_OFF ? "" : settings->policy_dir;
}

static policy_set_t *engine__build(policy_engine_t *engine, const policy_settings_t *settings,
                                   folder_t *folder, bool first)
{
  policy_set_plan_t plan = {.host = &engine->host,
                            .memory = &engine->memory,
                            .settings = settings,
                            .folder = folder,
                            .generation = atomic_fetch_add(&engine->generations, 1) + 1,
                            .complete = atomic_load(&engine->complete),
                            .hooks = &engine->hooks,
                            .first = first};

  return policy_set_build(&plan);
}

/* The first set of this engine. Whoever finds none builds one, for no thread may wait for another's Lua under
 * a lock; one of them wins. False where memory is short. */
static bool engine__load_first(policy_engine_t *engine)
{
  policy_settings_t *settings = engine__read_settings(engine);
  folder_t *folder = settings != NULL
                         ? folder_read(engine__folder_path(settings), settings->protection, &engine->memory)
                         : NULL;
  policy_set_t *set = folder != NULL ? engine__build(engine, settings, folder, true) : NULL, *none = NULL;

  folder_release(folder);
  memory_free(&engine->memory, settings);
  if (set == NULL)
    return false;
  atomic_store(&engine->errors, policy_set_errors(set));
  if (atomic_compare_exchange_strong(&engine->current, &none, set)) {
    atomic_store(&engine->next_look, platform_milliseconds() + LOOK_EVERY_MS);
    policy_set_report(set);
  } else {
    policy_set_destroy(set);
  }
  return true;
}

/* The folder has other files than the set in force was built from. */
static bool engine__folder_changed(policy_engine_t *engine, const policy_settings_t *settings,
                                   folder_t **folder)
{
  folder_signature_t signature = folder_look(engine__folder_path(settings), settings->protection);
  bool looks_same = engine->seen && signature.status == engine->seen_signature.status &&
                    signature.value == engine->seen_signature.value && engine->seen_signature.settled;

  if (looks_same)
    return false;
  *folder = folder_read(engine__folder_path(settings), settings->protection, &engine->memory);
  if (*folder == NULL)
    return false; /* memory is short: the next look tries again */
  uint64_t seen =
      engine->seen ? engine->seen_hash : folder_hash(policy_set_folder(atomic_load(&engine->current)));
  engine->seen_signature = signature;
  if (!folder_readable(*folder))
    engine->seen_signature.settled = false; /* rights that are put right leave no other trace */
  engine->seen_hash = folder_hash(*folder);
  engine->seen = true;
  return engine->seen_hash != seen;
}

/* Take up what changed, if anything. engine->refreshing is held and a set is in force. */
static void engine__refresh(policy_engine_t *engine)
{
  policy_set_t *current = atomic_load(&engine->current); /* stays: only we could retire it */
  policy_settings_t *settings = engine__read_settings(engine);
  folder_t *folder = NULL;

  if (settings == NULL)
    return;
  bool other_files = engine__folder_changed(engine, settings, &folder);
  bool other_settings = !engine__same_settings(settings, policy_set_settings(current)) ||
                        policy_set_is_complete(current) != atomic_load(&engine->complete);
  policy_set_t *set = NULL;
  bool was_off = policy_set_settings(current)->mode == POLICY_MODE_OFF; /* then there is no last good set */
  if (other_files) {
    set = engine__build(engine, settings, folder, was_off);
    if (set == NULL) {
      engine->seen = false; /* memory was short: try again at the next look */
      atomic_store(&engine->errors, 1);
    } else {
      atomic_store(&engine->errors, policy_set_errors(set));
    }
    if (set != NULL && policy_set_errors(set) && !was_off) {
      policy_set_report(set); /* loudly, and once: the same files are not tried again */
      policy_set_destroy(set);
      set = NULL; /* the last good set stays in force */
    }
  }
  if (set == NULL && other_settings && !(other_files && !engine->seen)) {
    /* The files in force once more: what new limits break of them, OnError decides as at the first load. */
    set = engine__build(engine, settings, policy_set_folder(current), true);
  }
  if (set != NULL && engine__publish(engine, set))
    policy_set_report(set);
  else if (set != NULL)
    engine->seen = false; /* memory was short, again: the next look must not take the folder for known */
  folder_release(folder);
  memory_free(&engine->memory, settings);
  engine__free_retired(engine);
}

static void engine__look(policy_engine_t *engine)
{
  if (atomic_load(&engine->current) == NULL) {
    engine__load_first(engine);
  } else if (!atomic_flag_test_and_set(&engine->refreshing)) {
    engine__refresh(engine);
    atomic_flag_clear(&engine->refreshing);
  }
}

/* ---- deciding ---- */

/* True for one caller, twice a second. */
static bool engine__time_to_look(policy_engine_t *engine)
{
  uint32_t now = platform_milliseconds();
  unsigned next = atomic_load_explicit(&engine->next_look, memory_order_relaxed);

  return (int32_t)(now - next) >= 0 &&
         atomic_compare_exchange_strong(&engine->next_look, &next, now + LOOK_EVERY_MS);
}

static __attribute__((noinline)) bool engine__load_and_take_seat(policy_engine_t *engine, size_t *seat,
                                                                 policy_set_t **set)
{
  return engine__load_first(engine) && engine__take_seat(engine, seat, set);
}

static void engine__decide(policy_engine_t *engine, const policy_request_t *request,
                           policy_verdict_t *verdict,
                           void (*visit)(void *context, const policy_entry_t *step), void *context)
{
  policy_set_t *set;
  size_t seat;

  if (engine__time_to_look(engine))
    engine__look(engine);
  if (!engine__take_seat(engine, &seat, &set) && !engine__load_and_take_seat(engine, &seat, &set)) {
    policy_set_failure((policy_action_t)atomic_load(&engine->on_error), request,
                       "the policies could not be loaded: out of memory", verdict);
    return;
  }
  policy_set_decide(set, seat, request, verdict, visit, context);
  engine__leave_seat(engine, seat);
}

void policy_decide(policy_engine_t *engine, const policy_request_t *request, policy_verdict_t *verdict)
{
  engine__decide(engine, request, verdict, NULL, NULL);
}

void policy_explain(policy_engine_t *engine, const policy_request_t *request, policy_verdict_t *verdict,
                    void (*visit)(void *context, const policy_entry_t *step), void *context)
{
  if (!atomic_exchange(&engine->complete, true) && atomic_load(&engine->current) != NULL)
    engine__look(engine);
  engine__decide(engine, request, verdict, visit, context);
}

size_t policy_engine_load(policy_engine_t *engine, size_t *policies, size_t *steps)
{
  policy_set_t *set;
  size_t seat, errors = 1;

  engine__look(engine);
  if (engine__take_seat(engine, &seat, &set)) {
    errors = atomic_load(&engine->errors);
    if (policies != NULL)
      *policies = policy_set_files(set);
    if (steps != NULL)
      *steps = policy_set_steps(set);
    engine__leave_seat(engine, seat);
  }
  return errors;
}

uint64_t policy_engine_hash(policy_engine_t *engine)
{
  policy_set_t *set;
  size_t seat;
  uint64_t hash = 0;

  if (engine__take_seat(engine, &seat, &set)) {
    hash = folder_hash(policy_set_folder(set));
    engine__leave_seat(engine, seat);
  }
  return hash;
}

/* ---- for those who write policies ---- */

policy_set_t *engine_build_linted(policy_engine_t *engine, const load_hooks_t *hooks)
{
  policy_settings_t *settings = engine__read_settings(engine);
  folder_t *folder =
      settings != NULL ? folder_read(settings->policy_dir, settings->protection, &engine->memory) : NULL;
  policy_set_plan_t plan = {.host = &engine->host,
                            .memory = &engine->memory,
                            .settings = settings,
                            .folder = folder,
                            .complete = true,
                            .thorough = true,
                            .hooks = hooks};
  policy_set_t *set = folder != NULL ? policy_set_build(&plan) : NULL;

  folder_release(folder);
  memory_free(&engine->memory, settings);
  return set;
}

void policy_engine_entries(policy_engine_t *engine, void (*visit)(void *context, const policy_entry_t *step),
                           void *context)
{
  policy_set_t *set;
  size_t seat;
  const rule_t *rule;

  if (!engine__take_seat(engine, &seat, &set) && !engine__load_and_take_seat(engine, &seat, &set))
    return;
  for (size_t i = 0; i < policy_set_count(set); i++) {
    policy_entry_t step = policy_set_step(set, i, &rule);

    visit(context, &step);
  }
  engine__leave_seat(engine, seat);
}

void engine_set_hooks(policy_engine_t *engine, const load_hooks_t *hooks)
{
  engine->hooks = *hooks;
}

#include "machine_health.h"

#include <stdio.h>
#include <stdlib.h>

#include "catalog_text.h"
#include "files.h"
#include "setup_print.h"
#include "transaction.h"
#include "winsock_catalog.h"

const char *machine_health_presence_name(health_presence_t presence)
{
  return presence == PRESENCE_WHOLE ? "yes" : presence == PRESENCE_PARTLY ? "partly" : "no";
}

/* ---- catalogs ---- */

/* How many entries the calls of that entry go through. */
static int machine_health__chain_length(const catalog_model_info_t *info)
{
  return info->chain_length > CHAIN_BASE && info->chain_length <= CHAIN_MAX ? info->chain_length : 1;
}

static void machine_health__read_kind(const catalog_model_t *catalog, const socket_kind_t *from,
                                      machine_kind_t *kind)
{
  const catalog_model_info_t *top = &socket_kind_top_entry(catalog, from, false)->info;

  socket_kind_text(from, kind->name);
  kind->length = machine_health__chain_length(top);
  kind->position = -1;
  for (int link = 0; link < kind->length; link++) {
    uint32_t id = kind->length > 1 ? top->chain[link] : top->id;
    const catalog_model_entry_t *entry = catalog_model_find_id(catalog, id);

    if (entry == NULL)
      snprintf(kind->chain[link], CATALOG_NAME_CHARS, "missing entry %u", (unsigned)id);
    else
      catalog_text_name(&entry->info, kind->chain[link]);
    if (kind->position < 0 && entry != NULL && catalog_model_is_ours(entry))
      kind->position = link;
  }
}

/* A layer is known by its hidden entry. */
static bool machine_health__read_layers(const catalog_model_t *from, machine_catalog_t *catalog)
{
  catalog->layers = calloc(from->count + 1, sizeof *catalog->layers);
  if (catalog->layers == NULL)
    return false;
  for (size_t i = 0; i < from->count; i++) {
    const catalog_model_entry_t *entry = &from->entries[i];

    if (entry->info.chain_length != CHAIN_LAYER || catalog_model_is_ours(entry))
      continue;
    machine_layer_t *layer = &catalog->layers[catalog->layer_count++];
    catalog_text_name(&entry->info, layer->name);
    catalog_text_path(entry, layer->dll);
    layer->dll_exists = !entry->dll_missing;
    layer->ifs = entry->info.service_flags[0] & CATALOG_IFS_HANDLES;
  }
  return true;
}

static bool machine_health__read_catalog(const catalog_model_t *from, const WCHAR *dll,
                                         machine_catalog_t *catalog)
{
  socket_kind_t kinds[SOCKET_KINDS_MAX];

  catalog->presence = health_presence(from);
  catalog->kind_count = socket_kinds_list(from, kinds, SOCKET_KINDS_MAX);
  for (size_t i = 0; i < catalog->kind_count; i++)
    machine_health__read_kind(from, &kinds[i], &catalog->kinds[i]);
  install_paths_text(dll, catalog->dll);
  catalog->dll_exists = files_exist(dll);
  files_version(dll, catalog->dll_version, sizeof catalog->dll_version);
  return machine_health__read_layers(from, catalog);
}

static health_presence_t machine_health__overall_presence(const machine_health_t *health)
{
  for (size_t i = 1; i < health->catalog_count; i++)
    if (health->catalogs[i].presence != health->catalogs[0].presence)
      return PRESENCE_PARTLY;
  return health->catalogs[0].presence;
}

/* ---- problems ---- */

typedef struct problems {
  machine_health_t *health;
  const machine_catalogs_t *catalogs;
} problems_t;

static void machine_health__add_problem(void *context, const health_problem_t *problem)
{
  problems_t *problems = context;
  machine_problem_t *added = &problems->health->problems[problems->health->problem_count++];

  added->kind = health_kind_name(problem->kind);
  added->catalog = machine_catalogs_view_name(problems->catalogs, problem->view);
  added->advice = health_advice(problem->kind);
  snprintf(added->message, sizeof added->message, "%s", problem->text);
}

/* By the journal: an installation that was interrupted, or that something else has removed. */
static void machine_health__add_journal_problem(machine_health_t *health, journal_state_t state)
{
  machine_problem_t *problem = &health->problems[health->problem_count];
  const char *message = NULL;

  if (state == JOURNAL_INSTALL)
    message = "an installation or repair was interrupted";
  else if (state == JOURNAL_UNINSTALL)
    message = "a removal was interrupted";
  else if (state == JOURNAL_DONE && health->presence == PRESENCE_NONE)
    message = "Sockwarden was installed and is no longer in any catalog: programs are unfiltered";
  if (message == NULL)
    return;
  problem->kind = state == JOURNAL_DONE ? "gone" : "interrupted";
  problem->catalog = NULL;
  problem->advice = "Run: sockwarden repair";
  snprintf(problem->message, sizeof problem->message, "%s", message);
  health->problem_count++;
}

static bool machine_health__find_problems(machine_health_t *health, const machine_catalogs_t *catalogs,
                                          journal_state_t state)
{
  problems_t problems = {health, catalogs};

  health->problems = calloc(health_check(catalogs, NULL, NULL) + 1, sizeof *health->problems);
  if (health->problems == NULL)
    return false;
  health_check(catalogs, machine_health__add_problem, &problems);
  machine_health__add_journal_problem(health, state);
  return true;
}

/* ---- all of it ---- */

static bool machine_health__examine(machine_health_t *health, const machine_catalogs_t *catalogs,
                                    const transaction_t *transaction)
{
  health->catalog_count = catalogs->views;
  for (size_t view = 0; view < catalogs->views; view++) {
    health->catalogs[view].name = machine_catalogs_view_name(catalogs, view);
    if (!machine_health__read_catalog(&catalogs->view[view], transaction->paths.dll[view],
                                      &health->catalogs[view]))
      return false;
  }
  health->presence = machine_health__overall_presence(health);
  return machine_health__find_problems(health, catalogs, journal_state(&transaction->journal));
}

machine_health_t *machine_health_read(void)
{
  transaction_t transaction;
  machine_catalogs_t catalogs;
  call_failure_t failure;
  machine_health_t *health = NULL;

  if (!transaction_open(&transaction, false))
    goto cleanup_transaction;
  if (!winsock_read(&catalogs, &failure)) {
    setup_print_call(&failure);
    goto cleanup_transaction;
  }
  health = calloc(1, sizeof *health);
  if (health == NULL || !machine_health__examine(health, &catalogs, &transaction)) {
    fprintf(stderr, "sockwarden: out of memory\n");
    machine_health_free(health);
    health = NULL;
  }
  machine_catalogs_free(&catalogs);
cleanup_transaction:
  transaction_close(&transaction);
  return health;
}

void machine_health_free(machine_health_t *health)
{
  if (health == NULL)
    return;
  for (size_t i = 0; i < VIEWS; i++)
    free(health->catalogs[i].layers);
  free(health->problems);
  free(health);
}

/*
 * Plans over catalogs sane and damaged: what each edit may touch, that Winsock would take every one of them,
 * and what comes of it. Also the snapshot that repair goes back to.
 */
#include "plan_install.h"

#include <stdlib.h>
#include <string.h>

#include "catalog_case.h"
#include "expect.h"
#include "health.h"
#include "layering.h"
#include "plan_mend.h"
#include "plan_remove.h"
#include "plan_restore.h"
#include "plan_simulate.h"
#include "plan_text.h"
#include "snapshot.h"
#include "target.h"

static uint32_t counter;

/* ---- what the edits of a plan may be ---- */

static bool same_but_chain(const catalog_model_entry_t *a, const catalog_model_entry_t *b)
{
  catalog_model_info_t one = a->info, other = b->info;
  memset(one.chain, 0, sizeof one.chain);
  memset(other.chain, 0, sizeof other.chain);
  one.chain_length = other.chain_length = 0;
  return memcmp(&one, &other, sizeof one) == 0 && memcmp(a->path, b->path, sizeof a->path) == 0;
}

static void expect_permutation(const plan_t *plan, const edit_t *edit, const catalog_model_t *catalog)
{
  expect(edit->order_count == catalog->count, "%zu ids in the order, %zu entries", edit->order_count,
         catalog->count);
  for (size_t i = 0; i < catalog->count; i++) {
    size_t times = 0;
    for (size_t place = 0; place < edit->order_count; place++)
      times += plan_resolve(plan, catalog, edit->order[place]) == catalog->entries[i].info.id;
    expect(times == 1, "id %u is %zu times in the order", (unsigned)catalog->entries[i].info.id, times);
  }
}

static void expect_decent(const plan_t *plan, const edit_t *edit, const machine_catalogs_t *catalogs)
{
  for (size_t view = 0; view < catalogs->views; view++) {
    const catalog_model_t *catalog = &catalogs->view[view];
    if (!(edit->views >> view & 1))
      continue;
    for (size_t i = 0; edit->kind == EDIT_REMOVE && i < catalog->count; i++)
      expect(!catalog_model_guid_equal(&catalog->entries[i].info.guid, &edit->guid) ||
                 catalog_model_is_ours(&catalog->entries[i]),
             "somebody else's entry %u goes", (unsigned)catalog->entries[i].info.id);
    if (edit->kind == EDIT_ORDER)
      expect_permutation(plan, edit, catalog);
    if (edit->kind != EDIT_UPDATE)
      continue;
    const catalog_model_entry_t *now =
        catalog_model_find_id(catalog, plan_resolve(plan, catalog, edit->entry.info.id));
    expect(now, "an entry is changed that is not there");
    catalog_model_entry_t then = edit->entry;
    then.info.id = now->info.id;
    expect(catalog_model_is_ours(now) || same_but_chain(now, &then), "more than the chain of %u changes",
           (unsigned)now->info.id);
  }
  expect(edit->kind != EDIT_INSTALL || catalog_model_is_ours(&edit->entry), "somebody else's entry is added");
}

/* Carry a plan out, as Winsock would. `ours`: it may touch only what is ours, and others' chains. */
static void carry_out(plan_t *plan, machine_catalogs_t *catalogs, bool ours)
{
  for (size_t i = 0; i < plan->count; i++) {
    char text[512];
    plan_edit_text(plan, catalogs, &plan->edits[i], text, sizeof text);
    if (ours)
      expect_decent(plan, &plan->edits[i], catalogs);
    expect(plan_simulate(plan, &plan->edits[i], catalogs, &counter), "Winsock would refuse: %s", text);
  }
  plan_free(plan);
}

/* ---- what comes of it ---- */

/* Others' entries are all there, in the same order, and differ in their chains at most. */
static void expect_others_kept(const machine_catalogs_t *before, const machine_catalogs_t *after)
{
  for (size_t view = 0; view < before->views; view++) {
    const catalog_model_t *now = &after->view[view];
    size_t at = 0;
    for (size_t i = 0; i < before->view[view].count; i++) {
      const catalog_model_entry_t *entry = &before->view[view].entries[i];
      if (catalog_model_is_ours(entry))
        continue;
      while (at < now->count && catalog_model_is_ours(&now->entries[at]))
        at++;
      expect(at < now->count && same_but_chain(entry, &now->entries[at]), "entry %u is not what it was",
             (unsigned)entry->info.id);
      at++;
    }
  }
}

static size_t damaged_chains(const machine_catalogs_t *catalogs)
{
  size_t count = 0;
  for (size_t view = 0; view < catalogs->views; view++)
    for (size_t i = 0; i < catalogs->view[view].count; i++) {
      const catalog_model_entry_t *entry = &catalogs->view[view].entries[i];
      count += !catalog_model_is_ours(entry) &&
               layering_check_chain(&catalogs->view[view], &entry->info, NULL) != CHAIN_SOUND;
    }
  return count;
}

static void expect_same(const machine_catalogs_t *a, const machine_catalogs_t *b, const char *what)
{
  for (size_t view = 0; view < a->views; view++) {
    expect(a->view[view].count == b->view[view].count, "%s: %zu entries, %zu before", what,
           b->view[view].count, a->view[view].count);
    for (size_t i = 0; i < a->view[view].count; i++) {
      const catalog_model_entry_t *one = &a->view[view].entries[i], *other = &b->view[view].entries[i];
      expect(memcmp(&one->info, &other->info, sizeof one->info) == 0 &&
                 memcmp(one->path, other->path, sizeof one->path) == 0,
             "%s: entry %u is not what it was", what, (unsigned)one->info.id);
    }
  }
}

static void print_problem(void *context, const health_problem_t *problem)
{
  (void)context;
  fprintf(stderr, "view %zu: %s\n", problem->view, problem->text);
}

static machine_catalogs_t copy_of(const machine_catalogs_t *catalogs)
{
  machine_catalogs_t copy;
  expect(machine_catalogs_copy(catalogs, &copy), "memory");
  return copy;
}

static void print(const char *what, const machine_catalogs_t *catalogs)
{
  for (size_t view = 0; view < catalogs->views; view++) {
    fprintf(stderr, "---- %s, view %zu\n", what, view);
    for (size_t i = 0; i < catalogs->view[view].count; i++) {
      const catalog_model_entry_t *entry = &catalogs->view[view].entries[i];
      fprintf(stderr, "%u%s %d/%d/%d%s length %d:", (unsigned)entry->info.id,
              catalog_model_is_ours(entry) ? " (ours)" : "", (int)entry->info.family, (int)entry->info.type,
              (int)entry->info.protocol, entry->info.service_flags[0] & CATALOG_IFS_HANDLES ? "" : " non-IFS",
              (int)entry->info.chain_length);
      for (size_t link = 0; link < CHAIN_MAX; link++)
        fprintf(stderr, " %u", (unsigned)entry->info.chain[link]);
      fprintf(stderr, "\n");
    }
  }
}

static void expect_failure(const machine_catalogs_t *given, plan_status_t status, const plan_t *plan,
                           const plan_failure_t *failure)
{
  expect(status != PLAN_NO_MEMORY, "memory is short");
  if (failure->text[0] == 0)
    print("given", given);
  expect(strstr(failure->text, "Winsock would refuse") == NULL, "a plan that its own simulation refuses");
  expect(!plan->count && failure->text[0] && memchr(failure->text, 0, sizeof failure->text),
         "status %d without a word", (int)status);
}

static void expect_no_worse(const machine_catalogs_t *before, const machine_catalogs_t *after)
{
  size_t were = damaged_chains(before), are = damaged_chains(after);
  if (are > were) {
    print("before", before);
    print("after", after);
    expect(false, "%zu damaged chains, %zu before", are, were);
  }
}

/* False where it is refused. */
static bool install(machine_catalogs_t *catalogs)
{
  plan_t plan;
  plan_failure_t failure;
  plan_status_t status = plan_install(catalogs, catalog_case_options(), &plan, &failure);
  if (status) {
    expect_failure(catalogs, status, &plan, &failure);
    return false;
  }
  carry_out(&plan, catalogs, true);
  return true;
}

static bool remove_us(machine_catalogs_t *catalogs)
{
  plan_t plan;
  plan_failure_t failure;
  plan_status_t status = plan_remove(catalogs, &plan, &failure);
  if (status) {
    expect_failure(catalogs, status, &plan, &failure);
    return false;
  }
  carry_out(&plan, catalogs, true);
  return true;
}

static bool restore(machine_catalogs_t *catalogs, const machine_catalogs_t *then)
{
  plan_t plan;
  plan_failure_t failure;
  plan_status_t status = plan_restore(catalogs, then, &plan, &failure);
  if (status) {
    expect_failure(catalogs, status, &plan, &failure);
    return false;
  }
  carry_out(&plan, catalogs, false);
  return true;
}

/* ---- the trials ---- */

static void try_removal(const machine_catalogs_t *given, catalog_state_t state)
{
  machine_catalogs_t clean = copy_of(given);
  if (remove_us(&clean)) {
    for (size_t view = 0; view < clean.views; view++)
      expect(health_presence(&clean.view[view]) == PRESENCE_NONE, "something of ours is left");
    expect_others_kept(given, &clean);
    if (state != CATALOG_DAMAGED)
      expect_no_worse(given, &clean);
  } else {
    expect(state != CATALOG_SANE, "a sane catalog is not rid of us");
  }
  machine_catalogs_free(&clean);
}

static void try_installation(const machine_catalogs_t *given, catalog_state_t state)
{
  machine_catalogs_t installed = copy_of(given), once = copy_of(given), again;
  if (install(&installed)) {
    for (size_t view = 0; view < installed.views; view++)
      if (state != CATALOG_DAMAGED && health_presence(&installed.view[view]) != PRESENCE_WHOLE) {
        print("before", given);
        print("after", &installed);
        expect(false, "we are not whole");
      }
    expect_others_kept(given, &installed);
    if (state != CATALOG_DAMAGED)
      expect_no_worse(given, &installed);
    expect(state != CATALOG_SANE || health_check(&installed, print_problem, NULL) == 0,
           "installed, and not healthy");
    again = copy_of(&installed);
    if (state != CATALOG_DAMAGED) {
      expect(install(&again), "a second installation is refused");
      expect_same(&installed, &again, "installing twice");
    }
    machine_catalogs_free(&again);
    again = copy_of(&installed);
    if (restore(&again, given) && state == CATALOG_SANE)
      expect_same(given, &again, "restoring");
    machine_catalogs_free(&again);
    if (remove_us(&installed) && remove_us(&once) && state == CATALOG_SANE)
      expect_same(&once, &installed, "installing and removing");
  }
  machine_catalogs_free(&installed);
  machine_catalogs_free(&once);
}

static void try_mending(const machine_catalogs_t *given)
{
  plan_t plan;
  plan_failure_t failure;
  machine_catalogs_t mended = copy_of(given);
  expect(plan_mend(given, &plan, &failure) == PLAN_OK, "not mended: %s", failure.text);
  for (size_t i = 0; i < plan.count; i++)
    expect(plan.edits[i].kind == EDIT_UPDATE, "mending does more than change chains");
  carry_out(&plan, &mended, true);
  expect_no_worse(given, &mended);
  machine_catalogs_free(&mended);
}

static void try_snapshot(const machine_catalogs_t *given)
{
  machine_catalogs_t read;
  char *text = snapshot_write(given);
  expect(text && snapshot_read(text, &read), "a snapshot is not read");
  expect(read.views == given->views, "%zu views", read.views);
  for (size_t view = 0; view < given->views; view++)
    for (size_t i = 0; i < read.view[view].count && i < given->view[view].count; i++)
      read.view[view].entries[i].dll_missing = given->view[view].entries[i].dll_missing;
  expect_same(given, &read, "a snapshot");
  machine_catalogs_free(&read);
  size_t length = strlen(text);
  text[length / 2] ^= 1; /* damage is noticed */
  if (snapshot_read(text, &read)) {
    expect(text[length / 2] == '\n' || text[length / 2] == ' ' || length < 200, "a damaged snapshot is read");
    machine_catalogs_free(&read);
  }
  free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  bytes_t bytes = {data, size};
  catalog_state_t state, other_state;
  counter = 5000;
  machine_catalogs_t given = catalog_case_make(&bytes, &state),
                     other = catalog_case_make(&bytes, &other_state);
  health_check(&given, NULL, NULL);
  try_removal(&given, state);
  try_installation(&given, state);
  try_mending(&given);
  try_snapshot(&given);
  restore(&other, &given); /* from anything to anything */
  machine_catalogs_free(&given);
  machine_catalogs_free(&other);
  return 0;
}

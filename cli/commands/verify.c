#include <stdio.h>

#include "commands.h"
#include "error_names.h"
#include "health.h"
#include "json.h"
#include "loopback.h"
#include "machine_policies.h"
#include "options.h"
#include "setup_print.h"
#include "verify.h"
#include "winsock_catalog.h"

typedef struct listing {
  json_t *json;
  const machine_catalogs_t *catalogs;
} listing_t;

static void verify__list_problem(void *context, const health_problem_t *problem)
{
  const listing_t *listing = context;
  const char *view = machine_catalogs_view_name(listing->catalogs, problem->view);

  if (listing->json == NULL) {
    printf("%s: %s. %s.\n", view, problem->text, health_advice(problem->kind));
    return;
  }
  json_open(listing->json, NULL, '{');
  json_text(listing->json, "kind", health_kind_name(problem->kind));
  json_text(listing->json, "catalog", view);
  json_text(listing->json, "text", problem->text);
  json_text(listing->json, "advice", health_advice(problem->kind));
  json_close(listing->json, '}');
}

size_t verify_list_problems(const machine_catalogs_t *catalogs, const transaction_t *transaction,
                            json_t *json)
{
  listing_t listing = {json, catalogs};
  size_t count = health_check(catalogs, verify__list_problem, &listing);
  journal_state_t state = journal_state(&transaction->journal);
  bool there = false;
  const char *kind = NULL, *text = NULL;

  for (size_t view = 0; view < catalogs->views; view++)
    there = there || health_presence(&catalogs->view[view]) != PRESENCE_NONE;
  if (state == JOURNAL_INSTALL || state == JOURNAL_UNINSTALL) {
    kind = "interrupted";
    text =
        state == JOURNAL_INSTALL ? "an installation or repair was interrupted" : "a removal was interrupted";
  } else if (state == JOURNAL_DONE && !there) {
    kind = "gone";
    text = "we were installed and are in no catalog any more: programs are under no policy";
  }
  if (kind == NULL)
    return count;
  if (json != NULL) {
    json_open(json, NULL, '{');
    json_text(json, "kind", kind);
    json_none(json, "catalog");
    json_text(json, "text", text);
    json_text(json, "advice", "Run: sockwarden repair");
    json_close(json, '}');
  } else {
    printf("%s. Run: sockwarden repair.\n", text);
  }
  return count + 1;
}

static int verify__catalogs(bool as_json)
{
  json_t json = {stdout, false};
  transaction_t transaction;
  machine_catalogs_t now;

  if (!transaction_open(&transaction, false))
    return EXIT_FAILED;
  int status = EXIT_FAILED;
  call_failure_t failure;
  if (!winsock_read(&now, &failure)) {
    setup_print_call(&failure);
    goto cleanup_transaction;
  }
  if (as_json) {
    json_open(&json, NULL, '{');
    json_open(&json, "problems", '[');
  }
  size_t count = verify_list_problems(&now, &transaction, as_json ? &json : NULL);
  if (as_json) {
    json_close(&json, ']');
    json_truth(&json, "healthy", count == 0);
    json_close(&json, '}');
    putchar('\n');
  } else if (count) {
    printf("%u problem%s\n", (unsigned)count, count == 1 ? "" : "s");
  } else {
    printf("ok: the catalog is healthy%s\n", health_presence(&now.view[VIEW_NATIVE]) == PRESENCE_NONE
                                                 ? "; the layer is not installed"
                                                 : ", the layer is in its place");
  }
  status = count ? EXIT_FAILED : EXIT_DONE;
  machine_catalogs_free(&now);
cleanup_transaction:
  transaction_close(&transaction);
  return status;
}

/* What the installer's child does; useful by itself. */
static int verify__loopback(void)
{
  int status = EXIT_DONE;

  for (int which = 0; which < LOOPBACKS; which++) {
    int error;
    loopback_result_t result = loopback_try(which, &error, machine_policies_refuse);

    printf("%s %s", loopback_name(which), loopback_word(result));
    if (result <= LOOPBACK_REFUSED) {
      printf(" %s (%d)", error_name(error), error);
      status = EXIT_FAILED;
    }
    putchar('\n');
  }
  return status;
}

int command_verify(int argc, char **argv)
{
  bool as_json = false, loopback = false;
  const option_t options[] = {
      {"loopback", OPTION_SWITCH, &loopback, NULL, "try TCP and UDP over IPv4 and IPv6 on loopback instead",
       NULL},
      {"json", OPTION_SWITCH, &as_json, NULL, "print the result as one JSON object", NULL},
      {0}};
  int status = options_parse("verify", "[--loopback | --json]", options, argc, argv, NULL);

  if (status >= 0)
    return status;
  return loopback ? verify__loopback() : verify__catalogs(as_json);
}

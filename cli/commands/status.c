#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "catalog_text.h"
#include "files.h"
#include "health.h"
#include "json.h"
#include "machine_policies.h"
#include "options.h"
#include "setup_print.h"
#include "socket_kind.h"
#include "trust_path.h"
#include "verify.h"
#include "winsock_catalog.h"

static const char *const presences[] = {"no", "partly", "yes"};
static const char *const modes[] = {"enforce", "audit", "off"};

typedef struct status {
  transaction_t transaction;
  machine_catalogs_t catalogs;
  machine_policies_t policies;
  json_t *json; /* NULL: text for people */
} status_t;

static health_presence_t status__overall(const machine_catalogs_t *catalogs)
{
  health_presence_t least = PRESENCE_WHOLE, most = PRESENCE_NONE;

  for (size_t view = 0; view < catalogs->views; view++) {
    health_presence_t presence = health_presence(&catalogs->view[view]);

    least = presence < least ? presence : least;
    most = presence > most ? presence : most;
  }
  return least == most ? least : PRESENCE_PARTLY;
}

static void status__entry_name(const catalog_model_t *catalog, uint32_t id, char name[CATALOG_NAME_CHARS])
{
  const catalog_model_entry_t *entry = catalog_model_find_id(catalog, id);

  snprintf(name, CATALOG_NAME_CHARS, "missing entry %u", (unsigned)id);
  if (entry != NULL)
    catalog_text_name(&entry->info, name);
}

/* The layers a program's socket of that kind goes through, from the top. A chain of ours that another layer
 * names is a link of its own. */
static void status__tell_kind(status_t *status, const catalog_model_t *catalog, const socket_kind_t *kind)
{
  const catalog_model_entry_t *top = socket_kind_top_entry(catalog, kind, false);
  char words[SOCKET_KIND_TEXT], line[1024] = "", name[CATALOG_NAME_CHARS];
  int place = -1;
  size_t used = 0;

  socket_kind_text(kind, words);
  if (status->json != NULL) {
    json_open(status->json, NULL, '{');
    json_text(status->json, "kind", words);
    json_open(status->json, "chain", '[');
  }
  int links =
      top->info.chain_length > CHAIN_BASE && top->info.chain_length <= CHAIN_MAX ? top->info.chain_length : 1;
  for (int link = 0; link < links; link++) {
    uint32_t id = links > 1 ? top->info.chain[link] : top->info.id;
    const catalog_model_entry_t *entry = catalog_model_find_id(catalog, id);

    status__entry_name(catalog, id, name);
    if (place < 0 && entry != NULL && catalog_model_is_ours(entry))
      place = link;
    if (status->json != NULL)
      json_text(status->json, NULL, name);
    else if (used < sizeof line)
      used += (size_t)snprintf(line + used, sizeof line - used, "%s%s", link ? " > " : "", name);
  }
  if (status->json != NULL) {
    json_close(status->json, ']');
    if (place >= 0)
      json_number(status->json, "position", place);
    else
      json_none(status->json, "position");
    json_close(status->json, '}');
    return;
  }
  printf("    %-16s %s%s\n", words, line,
         place > 0   ? "   (another layer is above us: rewrites do not work there)"
         : place < 0 ? "   (not through us)"
                     : "");
}

static void status__tell_catalog(status_t *status, size_t view)
{
  const catalog_model_t *catalog = &status->catalogs.view[view];
  socket_kind_t kinds[SOCKET_KINDS_MAX];
  size_t count = socket_kinds_list(catalog, kinds, SOCKET_KINDS_MAX);
  const char *presence = presences[health_presence(catalog)];

  if (status->json != NULL) {
    json_open(status->json, NULL, '{');
    json_text(status->json, "catalog", machine_catalogs_view_name(&status->catalogs, view));
    json_text(status->json, "installed", presence);
    json_open(status->json, "kinds", '[');
  } else {
    printf("%s catalog: installed: %s\n", machine_catalogs_view_name(&status->catalogs, view), presence);
  }
  for (size_t i = 0; i < count; i++)
    status__tell_kind(status, catalog, &kinds[i]);
  if (status->json != NULL) {
    json_close(status->json, ']');
    json_close(status->json, '}');
  }
}

static void status__tell_dll(status_t *status, size_t view)
{
  const WCHAR *path = status->transaction.paths.dll[view];
  char text[INSTALL_PATH_TEXT], version[32];
  bool exists = files_exist(path);

  install_paths_text(path, text);
  files_version(path, version, sizeof version);
  if (status->json == NULL) {
    printf("%s DLL: %s, %s%s\n", machine_catalogs_view_name(&status->catalogs, view), text,
           exists ? "version " : "missing", exists ? (version[0] ? version : "unknown") : "");
    return;
  }
  json_open(status->json, NULL, '{');
  json_text(status->json, "catalog", machine_catalogs_view_name(&status->catalogs, view));
  json_text(status->json, "path", text);
  json_truth(status->json, "exists", exists);
  json_text(status->json, "version", version[0] ? version : NULL);
  json_close(status->json, '}');
}

static void status__tell_policies(status_t *status)
{
  const machine_policies_t *policies = &status->policies;
  trust_report_t trust;
  trust_status_t judged = trust_path_judge_folder(policies->settings.policy_dir, &trust);
  bool exists = judged != TRUST_NOT_FOUND;
  char hash[17]; /* as the decision log has it */

  snprintf(hash, sizeof hash, "%016" PRIx64, policies->hash);
  if (status->json != NULL) {
    json_text(status->json, "mode", modes[policies->settings.mode]);
    json_open(status->json, "policies", '{');
    json_text(status->json, "folder", policies->settings.policy_dir);
    json_truth(status->json, "exists", exists);
    json_number(status->json, "files", (int64_t)policies->policies);
    json_number(status->json, "steps", (int64_t)policies->steps);
    json_number(status->json, "errors", (int64_t)policies->errors);
    json_text(status->json, "hash", hash);
    if (judged == TRUST_OK || judged == TRUST_WRITABLE)
      json_truth(status->json, "only_administrators_write", judged == TRUST_OK);
    else
      json_none(status->json, "only_administrators_write");
    json_text(status->json, "doubt", judged == TRUST_WRITABLE ? trust.what : NULL);
    json_text(status->json, "remedy", judged == TRUST_WRITABLE ? trust.advice : NULL);
    json_close(status->json, '}');
    return;
  }
  printf("Mode: %s\nPolicies: %s: ", modes[policies->settings.mode], policies->settings.policy_dir);
  if (!exists)
    printf("the folder is missing\n");
  else
    printf("%u file%s, %u steps, %u error%s, hash %s\n", (unsigned)policies->policies,
           policies->policies == 1 ? "" : "s", (unsigned)policies->steps, (unsigned)policies->errors,
           policies->errors == 1 ? "" : "s", hash);
  if (judged == TRUST_WRITABLE)
    printf("    warning: %s\n    to fix it, %s\n", trust.what, trust.advice);
  else if (judged == TRUST_NO_LISTS)
    printf("    warning: who can write it is unknown: its volume has no access lists\n");
}

/* Hidden entries of others are the layers; a layer may be in both catalogs. */
static void status__tell_others(status_t *status)
{
  size_t count = 0;

  if (status->json != NULL)
    json_open(status->json, "others", '[');
  else
    printf("Other layers:");
  for (size_t view = 0; view < status->catalogs.views; view++)
    for (size_t i = 0; i < status->catalogs.view[view].count; i++) {
      const catalog_model_entry_t *entry = &status->catalogs.view[view].entries[i];
      char name[CATALOG_NAME_CHARS], path[CATALOG_TEXT_PATH];

      if (entry->info.chain_length != CHAIN_LAYER || catalog_model_is_ours(entry))
        continue;
      bool ifs = entry->info.service_flags[0] & CATALOG_IFS_HANDLES;
      catalog_text_name(&entry->info, name);
      catalog_text_path(entry, path);
      count++;
      if (status->json == NULL) {
        printf("\n    %s: \"%s\" (%s), %s%s", machine_catalogs_view_name(&status->catalogs, view), name,
               ifs ? "IFS" : "non-IFS", path, entry->dll_missing ? ", WHICH IS MISSING" : "");
        continue;
      }
      json_open(status->json, NULL, '{');
      json_text(status->json, "catalog", machine_catalogs_view_name(&status->catalogs, view));
      json_text(status->json, "name", name);
      json_text(status->json, "dll", path);
      json_truth(status->json, "ifs", ifs);
      json_truth(status->json, "dll_exists", !entry->dll_missing);
      json_close(status->json, '}');
    }
  if (status->json != NULL)
    json_close(status->json, ']');
  else
    printf(count ? "\n" : " none\n");
}

static void status__tell(status_t *status)
{
  const char *installed = presences[status__overall(&status->catalogs)];

  if (status->json != NULL) {
    json_open(status->json, NULL, '{');
    json_text(status->json, "installed", installed);
    json_open(status->json, "catalogs", '[');
  } else {
    printf("Installed: %s\n", installed);
  }
  for (size_t view = 0; view < status->catalogs.views; view++)
    status__tell_catalog(status, view);
  if (status->json != NULL) {
    json_close(status->json, ']');
    json_open(status->json, "dlls", '[');
  }
  for (size_t view = 0; view < status->catalogs.views; view++)
    status__tell_dll(status, view);
  if (status->json != NULL)
    json_close(status->json, ']');
  status__tell_policies(status);
  status__tell_others(status);
  if (status->json != NULL)
    json_open(status->json, "problems", '[');
  else
    printf("What looks wrong:\n");
  size_t problems = verify_list_problems(&status->catalogs, &status->transaction, status->json);
  if (status->json != NULL) {
    json_close(status->json, ']');
    json_close(status->json, '}');
    putchar('\n');
  } else if (!problems) {
    printf("nothing\n");
  }
}

int command_status(int argc, char **argv)
{
  static status_t status; /* the settings alone are large */
  bool as_json = false;
  json_t json = {stdout, false};
  const option_t options[] = {{"json", OPTION_SWITCH, &as_json, NULL, "print it as one JSON object", NULL},
                              {0}};
  int parsed = options_parse("status", "[--json]", options, argc, argv, NULL);

  if (parsed >= 0)
    return parsed;
  if (!transaction_open(&status.transaction, false))
    return EXIT_FAILED;
  int result = EXIT_FAILED;
  call_failure_t failure;
  if (!machine_policies_load(&status.policies))
    goto cleanup_transaction;
  if (!winsock_read(&status.catalogs, &failure)) {
    setup_print_call(&failure);
    goto cleanup_transaction;
  }
  status.json = as_json ? &json : NULL;
  status__tell(&status);
  machine_catalogs_free(&status.catalogs);
  result = EXIT_DONE;
cleanup_transaction:
  transaction_close(&status.transaction);
  return result;
}

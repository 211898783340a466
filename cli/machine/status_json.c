#include "status_print.h"

#include <inttypes.h>

static void status_json__put_kind(json_writer_t *json, const machine_kind_t *kind)
{
  json_open(json, NULL, '{');
  json_text(json, "kind", kind->name);
  json_open(json, "chain", '[');
  for (int link = 0; link < kind->length; link++)
    json_text(json, NULL, kind->chain[link]);
  json_close(json, ']');
  if (kind->position >= 0)
    json_number(json, "position", kind->position);
  else
    json_none(json, "position");
  json_close(json, '}');
}

static void status_json__put_catalogs(json_writer_t *json, const machine_health_t *health)
{
  json_open(json, "catalogs", '[');
  for (size_t i = 0; i < health->catalog_count; i++) {
    const machine_catalog_t *catalog = &health->catalogs[i];

    json_open(json, NULL, '{');
    json_text(json, "catalog", catalog->name);
    json_text(json, "installed", machine_health_presence_name(catalog->presence));
    json_open(json, "kinds", '[');
    for (size_t j = 0; j < catalog->kind_count; j++)
      status_json__put_kind(json, &catalog->kinds[j]);
    json_close(json, ']');
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void status_json__put_dlls(json_writer_t *json, const machine_health_t *health)
{
  json_open(json, "dlls", '[');
  for (size_t i = 0; i < health->catalog_count; i++) {
    const machine_catalog_t *catalog = &health->catalogs[i];

    json_open(json, NULL, '{');
    json_text(json, "catalog", catalog->name);
    json_text(json, "path", catalog->dll);
    json_truth(json, "exists", catalog->dll_exists);
    json_text_or_none(json, "version", catalog->dll_version);
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void status_json__put_policies(json_writer_t *json, const machine_policies_t *policies)
{
  char hash[17]; /* as the decision log has it */

  snprintf(hash, sizeof hash, "%016" PRIx64, policies->hash);
  json_text(json, "mode", policy_mode_name(policies->settings.mode));
  json_open(json, "policies", '{');
  json_text(json, "folder", policies->settings.policy_dir);
  json_truth(json, "exists", policies->folder_exists);
  json_number(json, "files", (int64_t)policies->policies);
  json_number(json, "entries", (int64_t)policies->entries);
  json_number(json, "errors", (int64_t)policies->errors);
  json_text(json, "hash", hash);
  if (policies->guard == MACHINE_GUARD_UNKNOWN)
    json_none(json, "only_administrators_write");
  else
    json_truth(json, "only_administrators_write", policies->guard == MACHINE_GUARD_PROTECTED);
  json_text_or_none(json, "warning", policies->warning);
  json_text_or_none(json, "advice", policies->advice);
  json_close(json, '}');
}

static void status_json__put_layers(json_writer_t *json, const machine_health_t *health)
{
  json_open(json, "other_layers", '[');
  for (size_t i = 0; i < health->catalog_count; i++)
    for (size_t j = 0; j < health->catalogs[i].layer_count; j++) {
      const machine_layer_t *layer = &health->catalogs[i].layers[j];

      json_open(json, NULL, '{');
      json_text(json, "catalog", health->catalogs[i].name);
      json_text(json, "name", layer->name);
      json_text(json, "dll", layer->dll);
      json_truth(json, "ifs", layer->ifs);
      json_truth(json, "dll_exists", layer->dll_exists);
      json_close(json, '}');
    }
  json_close(json, ']');
}

void status_json_put_problems(json_writer_t *json, const machine_health_t *health)
{
  json_open(json, "problems", '[');
  for (size_t i = 0; i < health->problem_count; i++) {
    const machine_problem_t *problem = &health->problems[i];

    json_open(json, NULL, '{');
    json_text(json, "kind", problem->kind);
    json_text(json, "catalog", problem->catalog);
    json_text(json, "message", problem->message);
    json_text(json, "advice", problem->advice);
    json_close(json, '}');
  }
  json_close(json, ']');
}

void status_json_print(const machine_health_t *health, const machine_policies_t *policies)
{
  json_writer_t json = {.stream = stdout};

  json_open(&json, NULL, '{');
  json_text(&json, "installed", machine_health_presence_name(health->presence));
  status_json__put_catalogs(&json, health);
  status_json__put_dlls(&json, health);
  status_json__put_policies(&json, policies);
  status_json__put_layers(&json, health);
  status_json_put_problems(&json, health);
  json_close(&json, '}');
  json_end_line(&json);
}

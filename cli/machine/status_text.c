#include "status_print.h"

#include <inttypes.h>
#include <stdio.h>

static const char *status_text__plural(size_t count)
{
  return count == 1 ? "" : "s";
}

static void status_text__print_kind(const machine_kind_t *kind)
{
  printf("    %-16s ", kind->name);
  for (int link = 0; link < kind->length; link++)
    printf("%s%s", link ? " > " : "", kind->chain[link]);
  if (kind->position > 0)
    printf("   (another layer is above Sockwarden: rewrites do not work)");
  else if (kind->position < 0)
    printf("   (not through Sockwarden)");
  putchar('\n');
}

static void status_text__print_catalog(const machine_catalog_t *catalog)
{
  printf("%s catalog: installed: %s\n", catalog->name, machine_health_presence_name(catalog->presence));
  for (size_t i = 0; i < catalog->kind_count; i++)
    status_text__print_kind(&catalog->kinds[i]);
}

static void status_text__print_dll(const machine_catalog_t *catalog)
{
  printf("%s DLL: %s, ", catalog->name, catalog->dll);
  if (catalog->dll_exists)
    printf("version %s\n", catalog->dll_version[0] ? catalog->dll_version : "unknown");
  else
    printf("missing\n");
}

static void status_text__print_policies(const machine_policies_t *policies)
{
  printf("Mode: %s\nPolicies: %s: ", policy_mode_name(policies->settings.mode),
         policies->settings.policy_dir);
  if (policies->folder_exists)
    printf("%zu file%s, %zu %s, %zu error%s, hash %016" PRIx64 "\n", policies->policies,
           status_text__plural(policies->policies), policies->entries,
           policies->entries == 1 ? "entry" : "entries", policies->errors,
           status_text__plural(policies->errors), policies->hash);
  else
    printf("the folder is missing\n");
  if (policies->warning[0])
    printf("    warning: %s\n", policies->warning);
  if (policies->advice[0])
    printf("    to fix it, %s\n", policies->advice);
}

/* A layer may be in both catalogs. */
static void status_text__print_layers(const machine_health_t *health)
{
  bool any = false;

  printf("Other layers:");
  for (size_t i = 0; i < health->catalog_count; i++)
    for (size_t j = 0; j < health->catalogs[i].layer_count; j++) {
      const machine_layer_t *layer = &health->catalogs[i].layers[j];

      any = true;
      printf("\n    %s: \"%s\" (%s), %s%s", health->catalogs[i].name, layer->name,
             layer->ifs ? "IFS" : "non-IFS", layer->dll, layer->dll_exists ? "" : ", WHICH IS MISSING");
    }
  printf(any ? "\n" : " none\n");
}

void status_text_print_problems(const machine_health_t *health)
{
  for (size_t i = 0; i < health->problem_count; i++) {
    const machine_problem_t *problem = &health->problems[i];

    printf("%s%s%s. %s.\n", problem->catalog != NULL ? problem->catalog : "",
           problem->catalog != NULL ? ": " : "", problem->message, problem->advice);
  }
}

void status_text_print(const machine_health_t *health, const machine_policies_t *policies)
{
  printf("Installed: %s\n", machine_health_presence_name(health->presence));
  for (size_t i = 0; i < health->catalog_count; i++)
    status_text__print_catalog(&health->catalogs[i]);
  for (size_t i = 0; i < health->catalog_count; i++)
    status_text__print_dll(&health->catalogs[i]);
  status_text__print_policies(policies);
  status_text__print_layers(health);
  printf(health->problem_count ? "Problems:\n" : "Problems: none\n");
  status_text_print_problems(health);
}

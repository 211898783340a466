/* What status and verify print of a machine's health: docs/administration.md, Watch. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <io.h>
#include <stdio.h>
#include <string.h>

#include "status_print.h"

static machine_health_t health; /* large */
static machine_policies_t policies;
static machine_layer_t layers[2] = {{"Vendor", "C:\\vendor.dll", true, true},
                                    {"Gone", "C:\\gone.dll", false, false}};
static machine_problem_t problems[2] = {{"not-first", "64-bit", "a message", "Run: this"},
                                        {"gone", NULL, "another", "Run: that"}};

static void add_kind(machine_catalog_t *catalog, const char *name, const char *top, const char *lower,
                     int position)
{
  machine_kind_t *kind = &catalog->kinds[catalog->kind_count++];

  snprintf(kind->name, sizeof kind->name, "%s", name);
  snprintf(kind->chain[0], sizeof kind->chain[0], "%s", top);
  if (lower != NULL)
    snprintf(kind->chain[1], sizeof kind->chain[1], "%s", lower);
  kind->length = 1 + (lower != NULL);
  kind->position = position;
}

/* A healthy machine with one catalog. */
static int make_machine(void **state)
{
  machine_catalog_t *catalog = &health.catalogs[0];

  (void)state;
  memset(&health, 0, sizeof health);
  memset(&policies, 0, sizeof policies);
  health.presence = catalog->presence = PRESENCE_WHOLE;
  health.catalog_count = 1;
  catalog->name = "64-bit";
  snprintf(catalog->dll, sizeof catalog->dll, "C:\\our.dll");
  snprintf(catalog->dll_version, sizeof catalog->dll_version, "1.2.3.4");
  catalog->dll_exists = true;
  add_kind(catalog, "TCP over IPv4", "Sockwarden", "MSAFD", 0);
  policy_settings_default(&policies.settings);
  snprintf(policies.settings.policy_dir, sizeof policies.settings.policy_dir, "C:\\policies");
  policies.folder_exists = true;
  policies.policies = 1;
  policies.entries = 2;
  policies.hash = 0xabc;
  policies.guard = MACHINE_GUARD_PROTECTED;
  return 0;
}

/* A machine on which all is wrong that can be. */
static void make_unhealthy(void)
{
  machine_catalog_t *catalog = &health.catalogs[0];

  add_kind(catalog, "UDP over IPv4", "Vendor", "Sockwarden", 1);
  add_kind(catalog, "RAW over IPv4", "MSAFD", NULL, -1);
  health.presence = PRESENCE_PARTLY;
  catalog->dll_exists = false;
  catalog->dll_version[0] = 0;
  catalog->layers = layers;
  catalog->layer_count = 2;
  health.problems = problems;
  health.problem_count = 2;
  policies.settings.mode = POLICY_MODE_AUDIT;
  policies.guard = MACHINE_GUARD_WRITABLE;
  snprintf(policies.warning, sizeof policies.warning, "everyone writes");
  snprintf(policies.advice, sizeof policies.advice, "stop them");
}

static void print_text(void)
{
  status_text_print(&health, &policies);
}

static void print_json(void)
{
  status_json_print(&health, &policies);
}

/* What a function prints on stdout. */
static const char *printed(void (*print)(void))
{
  static char text[8192];

  fflush(stdout);
  int before = _dup(_fileno(stdout));
  FILE *file = fopen("status-printed", "w");
  assert_non_null(file);
  assert_int_equal(_dup2(_fileno(file), _fileno(stdout)), 0);
  print();
  fflush(stdout);
  _dup2(before, _fileno(stdout));
  _close(before);
  fclose(file);
  file = fopen("status-printed", "r");
  assert_non_null(file);
  text[fread(text, 1, sizeof text - 1, file)] = 0;
  fclose(file);
  remove("status-printed");
  return text;
}

static void text_of_a_healthy_machine(void **state)
{
  (void)state;
  assert_string_equal(printed(print_text), "Installed: yes\n"
                                           "64-bit catalog: installed: yes\n"
                                           "    TCP over IPv4    Sockwarden > MSAFD\n"
                                           "64-bit DLL: C:\\our.dll, version 1.2.3.4\n"
                                           "Mode: enforce\n"
                                           "Policies: C:\\policies: 1 file, 2 entries, 0 errors, hash "
                                           "0000000000000abc\n"
                                           "Other layers: none\n"
                                           "Problems: none\n");
}

static void text_of_an_unhealthy_machine(void **state)
{
  (void)state;
  make_unhealthy();
  assert_string_equal(
      printed(print_text),
      "Installed: partly\n"
      "64-bit catalog: installed: yes\n"
      "    TCP over IPv4    Sockwarden > MSAFD\n"
      "    UDP over IPv4    Vendor > Sockwarden   (another layer is above Sockwarden: rewrites do not work)\n"
      "    RAW over IPv4    MSAFD   (not through Sockwarden)\n"
      "64-bit DLL: C:\\our.dll, missing\n"
      "Mode: audit\n"
      "Policies: C:\\policies: 1 file, 2 entries, 0 errors, hash 0000000000000abc\n"
      "    warning: everyone writes\n"
      "    to fix it, stop them\n"
      "Other layers:\n"
      "    64-bit: \"Vendor\" (IFS), C:\\vendor.dll\n"
      "    64-bit: \"Gone\" (non-IFS), C:\\gone.dll, WHICH IS MISSING\n"
      "Problems:\n"
      "64-bit: a message. Run: this.\n"
      "another. Run: that.\n");
}

static void a_missing_folder_has_no_counts(void **state)
{
  (void)state;
  policies.folder_exists = false;
  assert_non_null(strstr(printed(print_text), "Policies: C:\\policies: the folder is missing\nOther"));
}

static void json_of_an_unhealthy_machine(void **state)
{
  (void)state;
  make_unhealthy();
  assert_string_equal(
      printed(print_json),
      "{\"installed\":\"partly\",\"catalogs\":[{\"catalog\":\"64-bit\",\"installed\":\"yes\",\"kinds\":["
      "{\"kind\":\"TCP over IPv4\",\"chain\":[\"Sockwarden\",\"MSAFD\"],\"position\":0},"
      "{\"kind\":\"UDP over IPv4\",\"chain\":[\"Vendor\",\"Sockwarden\"],\"position\":1},"
      "{\"kind\":\"RAW over IPv4\",\"chain\":[\"MSAFD\"],\"position\":null}]}],"
      "\"dlls\":[{\"catalog\":\"64-bit\",\"path\":\"C:\\\\our.dll\",\"exists\":false,\"version\":null}],"
      "\"mode\":\"audit\",\"policies\":{\"folder\":\"C:\\\\policies\",\"exists\":true,\"files\":1,"
      "\"entries\":2,"
      "\"errors\":0,\"hash\":\"0000000000000abc\",\"only_administrators_write\":false,"
      "\"warning\":\"everyone writes\",\"advice\":\"stop them\"},"
      "\"other_layers\":[{\"catalog\":\"64-bit\",\"name\":\"Vendor\",\"dll\":\"C:\\\\vendor.dll\",\"ifs\":"
      "true,"
      "\"dll_exists\":true},{\"catalog\":\"64-bit\",\"name\":\"Gone\",\"dll\":\"C:\\\\gone.dll\",\"ifs\":"
      "false,"
      "\"dll_exists\":false}],"
      "\"problems\":[{\"kind\":\"not-first\",\"catalog\":\"64-bit\",\"message\":\"a "
      "message\",\"advice\":\"Run: this\"},"
      "{\"kind\":\"gone\",\"catalog\":null,\"message\":\"another\",\"advice\":\"Run: that\"}]}\n");
}

static void json_says_what_is_unknown_and_what_is_well(void **state)
{
  (void)state;
  assert_non_null(
      strstr(printed(print_json), "\"only_administrators_write\":true,\"warning\":null,\"advice\":null}"));
  policies.guard = MACHINE_GUARD_UNKNOWN;
  assert_non_null(strstr(printed(print_json), "\"only_administrators_write\":null,"));
  assert_non_null(strstr(printed(print_json), "\"other_layers\":[],\"problems\":[]}"));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(text_of_a_healthy_machine, make_machine),
      cmocka_unit_test_setup(text_of_an_unhealthy_machine, make_machine),
      cmocka_unit_test_setup(a_missing_folder_has_no_counts, make_machine),
      cmocka_unit_test_setup(json_of_an_unhealthy_machine, make_machine),
      cmocka_unit_test_setup(json_says_what_is_unknown_and_what_is_well, make_machine),
  };

  return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}

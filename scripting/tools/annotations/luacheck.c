/* The language for luacheck: https://luacheck.readthedocs.io/en/stable/config.html */
#include "policy_tools.h"

#include "constants.h"
#include "libraries.h"
#include "printer.h"
#include "sandbox.h"
#include "test_builtins.h"

static void luacheck__put_name(const printer_t *printer, const char *name)
{
  printer_put(printer, "  \"%s\",\n", name);
}

static void luacheck__put_builtins(const printer_t *printer, const builtin_t *builtins)
{
  for (; builtins->name != NULL; builtins++)
    luacheck__put_name(printer, builtins->name);
}

static void luacheck__put_library(const printer_t *printer, const char *library)
{
  printer_put(printer, "  %s = { fields = {", library);
  for (const char *const *name = libraries_names(library); *name != NULL; name++)
    printer_put(printer, " \"%s\",", *name);
  printer_put(printer, " } },\n");
}

static void luacheck__put_constants(const printer_t *printer)
{
  for (int group = 0; group < POLICY_CONSTANTS_COUNT; group++) {
    size_t count;
    const constant_t *constants = constants_of((policy_constants_t)group, &count);

    for (size_t i = 0; i < count; i++)
      luacheck__put_name(printer, constants[i].name);
  }
}

void policy_luacheck_config(void (*put)(void *context, const char *text), void *context)
{
  static const char *const libraries[] = {"string", "table", "math", "utf8"};
  const printer_t printer = {put, context};

  printer_put(
      &printer,
      "-- luacheck's view of the policy language. Made by `sockwarden annotations --luacheck` from the "
      "tables that\n"
      "-- bind these names into policies; do not edit.\n"
      "stds.sockwarden = { read_globals = {\n");
  for (const char *const *name = libraries_names(NULL); *name != NULL; name++)
    luacheck__put_name(&printer, *name);
  for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++)
    luacheck__put_library(&printer, libraries[i]);
  for (size_t i = 0; sandbox_builtins(i) != NULL; i++)
    luacheck__put_builtins(&printer, sandbox_builtins(i));
  luacheck__put_constants(&printer);
  printer_put(&printer, "} }\n\nstds.sockwarden_test = { read_globals = {\n");
  for (size_t i = 0; test_builtins_list(i) != NULL; i++)
    luacheck__put_builtins(&printer, test_builtins_list(i));
  printer_put(&printer,
              "} }\n\nstd = \"sockwarden\"\nfiles[\"**/*_test.lua\"].std = \"sockwarden+sockwarden_test\"\n"
              "max_line_length = 120\nexclude_files = { \"**/.luals/**\", \".luals/**\" }\n");
}

#include "policy_tools.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "language.h"
#include "constants.h"

typedef struct printer {
  void (*put)(void *context, const char *text);
  void *context;
} printer_t;

__attribute__((format(printf, 2, 3))) static void annotations__put(const printer_t *printer,
                                                                   const char *format, ...)
{
  char text[600];
  va_list arguments;

  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  printer->put(printer->context, text);
}

static void annotations__put_class(const printer_t *printer, const char *name)
{
  annotations__put(printer, "\n---@class sockwarden.%s\n", name);
}

static void annotations__put_field(const printer_t *printer, const language_field_t *field)
{
  annotations__put(printer, "---@field %s %s\n", field->name, field->annotation);
}

static void annotations__put_fields(const printer_t *printer, const char *class,
                                    const language_field_t *fields)
{
  annotations__put_class(printer, class);
  for (; fields->name != NULL; fields++)
    annotations__put_field(printer, fields);
}

static void annotations__put_words(const printer_t *printer, const language_builtin_t *words)
{
  for (; words->name != NULL; words++)
    annotations__put(printer, "\n%s", words->annotation);
}

static const char *const group_names[POLICY_CONSTANTS_COUNT] = {"Family", "Type", "Protocol", "Flag",
                                                                "Error"};

static void annotations__put_constants(const printer_t *printer)
{
  for (int group = 0; group < POLICY_CONSTANTS_COUNT; group++) {
    size_t count;
    const word_t *words = constants_of((policy_constants_t)group, &count);

    annotations__put(printer, "\n---@alias sockwarden.%s integer\n\n", group_names[group]);
    for (size_t i = 0; i < count; i++) {
      char value[16];

      snprintf(value, sizeof value, "%d", (int)words[i].value);
      annotations__put(printer, "%s = %s\n", words[i].name, value);
    }
  }
}

void policy_annotations(void (*put_text)(void *context, const char *text), void *context)
{
  static const language_field_t triple[] = {
      {"af", "sockwarden.Family"}, {"type", "sockwarden.Type"}, {"protocol", "sockwarden.Protocol"}, {0}};
  static const language_field_t verdict[] = {{"private action", "integer"}, {0}};
  const printer_t printer = {put_text, context};
  language_field_t field;

  annotations__put(&printer, "---@meta sockwarden\n");
  annotations__put(
      &printer, "-- The policy language, for lua-language-server. Made by `sockwarden annotations` from the "
                "tables that bind\n"
                "-- these words into policies; do not edit.\n");
  annotations__put_constants(&printer);
  annotations__put_fields(&printer, "Verdict", verdict);
  annotations__put_fields(&printer, "Triple", triple);
  annotations__put_fields(&printer, "Rewrite", verdict_rewrite_fields());
  annotations__put_class(&printer, "Rule");
  for (size_t i = 0; condition_field(i, &field); i++)
    annotations__put_field(&printer, &field);
  annotations__put_class(&printer, "App");
  for (size_t i = 0; request_app_field(i, &field); i++)
    annotations__put_field(&printer, &field);
  annotations__put_fields(&printer, "Request", request_fields());
  annotations__put_words(&printer, verdict_builtins());
  annotations__put_words(&printer, condition_builtins());
  annotations__put_words(&printer, registration_builtins());
  test_annotations(put_text, context);
}

/* ---- luacheck ---- */

static void annotations__put_name(const printer_t *printer, const char *name)
{
  annotations__put(printer, "  \"%s\",\n", name);
}

static void annotations__put_names(const printer_t *printer, const language_builtin_t *words)
{
  for (; words->name != NULL; words++)
    annotations__put_name(printer, words->name);
}

static void annotations__put_library(const printer_t *printer, const char *library)
{
  annotations__put(printer, "  %s = { fields = {", library);
  for (const char *const *name = sandbox_library(library); *name != NULL; name++)
    annotations__put(printer, " \"%s\",", *name);
  annotations__put(printer, " } },\n");
}

void policy_luacheck_config(void (*put_text)(void *context, const char *text), void *context)
{
  static const char *const libraries[] = {"string", "table", "math", "utf8"};
  const printer_t printer = {put_text, context};

  annotations__put(
      &printer, "-- luacheck's view of the policy language. Made by `sockwarden annotations --luacheck` from "
                "the tables that\n"
                "-- bind these words into policies; do not edit.\n");
  annotations__put(&printer, "stds.sockwarden = { read_globals = {\n");
  for (const char *const *name = sandbox_library(NULL); *name != NULL; name++)
    annotations__put_name(&printer, *name);
  for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++)
    annotations__put_library(&printer, libraries[i]);
  annotations__put_names(&printer, verdict_builtins());
  annotations__put_names(&printer, condition_builtins());
  annotations__put_names(&printer, registration_builtins());
  for (int group = 0; group < POLICY_CONSTANTS_COUNT; group++) {
    size_t count;
    const word_t *words = constants_of((policy_constants_t)group, &count);

    for (size_t i = 0; i < count; i++)
      annotations__put_name(&printer, words[i].name);
  }
  annotations__put(&printer, "} }\n\nstds.sockwarden_test = { read_globals = {\n");
  annotations__put_names(&printer, test_builtins());
  annotations__put(
      &printer, "} }\n\nstd = \"sockwarden\"\nfiles[\"**/*_test.lua\"].std = \"sockwarden+sockwarden_test\"\n"
                "max_line_length = 120\nexclude_files = { \"**/.luals/**\", \".luals/**\" }\n");
}

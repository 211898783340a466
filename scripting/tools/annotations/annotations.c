/* The language for lua-language-server: https://luals.github.io/wiki/annotations */
#include "policy_tools.h"

#include <string.h>

#include "constants.h"
#include "printer.h"
#include "request_spec_fields.h"
#include "request_value.h"
#include "rule_table.h"
#include "sandbox.h"
#include "test_builtins.h"
#include "test_result.h"
#include "verdict_value.h"

static void annotations__put_fields(const printer_t *printer, const char *class,
                                    const builtin_field_t *fields)
{
  printer_put(printer, "\n---@class sockwarden.%s\n", class);
  for (; fields->name != NULL; fields++)
    printer_put(printer, "---@field %s %s\n", fields->name, fields->annotation);
}

static void annotations__put_builtins(const printer_t *printer, const builtin_t *builtins)
{
  for (; builtins->name != NULL; builtins++)
    printer_put(printer, "\n%s", builtins->annotation);
}

static void annotations__put_constants(const printer_t *printer)
{
  static const char *const groups[POLICY_CONSTANTS_COUNT] = {"Family", "Type", "Protocol", "Flag", "Error"};

  for (int group = 0; group < POLICY_CONSTANTS_COUNT; group++) {
    size_t count;
    const constant_t *constants = constants_of((policy_constants_t)group, &count);

    printer_put(printer, "\n---@alias sockwarden.%s integer\n\n", groups[group]);
    for (size_t i = 0; i < count; i++)
      printer_put(printer, "%s = %d\n", constants[i].name, (int)constants[i].value);
  }
}

static void annotations__put_spec_fields(const printer_t *printer, const char *class, const char *group)
{
  printer_put(printer, "\n---@class sockwarden.%s\n", class);
  for (const request_spec_field_t *field = request_spec_fields(); field->name != NULL; field++)
    if (strcmp(field->group, group) == 0)
      printer_put(printer, "---@field %s %s\n", field->name, field->annotation);
}

static void annotations__put_language(const printer_t *printer)
{
  static const builtin_field_t verdict[] = {{"private action", "integer"}, {0}};
  static const builtin_field_t triple[] = {
      {"af", "sockwarden.Family"}, {"type", "sockwarden.Type"}, {"protocol", "sockwarden.Protocol"}, {0}};

  annotations__put_constants(printer);
  annotations__put_fields(printer, "Verdict", verdict);
  annotations__put_fields(printer, "Triple", triple);
  annotations__put_fields(printer, "Rewrite", verdict_value_rewrite_fields());
  annotations__put_fields(printer, "Rule", rule_table_fields());
  annotations__put_fields(printer, "App", request_value_app_fields());
  annotations__put_fields(printer, "Request", request_value_fields());
  for (size_t i = 0; sandbox_builtins(i) != NULL; i++)
    annotations__put_builtins(printer, sandbox_builtins(i));
}

static void annotations__put_tests(const printer_t *printer)
{
  annotations__put_spec_fields(printer, "RequestSpecApp", "app");
  annotations__put_spec_fields(printer, "RequestSpecTriple", "requested");
  annotations__put_spec_fields(printer, "RequestSpec", "");
  printer_put(printer, "---@field app string|sockwarden.RequestSpecApp|nil a string is the path\n"
                       "---@field requested sockwarden.RequestSpecTriple? default: af, type and protocol\n");
  annotations__put_fields(printer, "Result", test_result_fields());
  for (size_t i = 0; test_builtins_list(i) != NULL; i++)
    annotations__put_builtins(printer, test_builtins_list(i));
}

void policy_annotations(void (*put)(void *context, const char *text), void *context)
{
  const printer_t printer = {put, context};

  printer_put(&printer,
              "---@meta sockwarden\n"
              "-- The policy language, for lua-language-server. Made by `sockwarden annotations` from the "
              "tables that bind\n"
              "-- these names into policies; do not edit.\n");
  annotations__put_language(&printer);
  annotations__put_tests(&printer);
}

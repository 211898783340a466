#include "rule_table.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "condition.h"
#include "nearest_name.h"
#include "verdict_value.h"

typedef enum rule_field {
  FIELD_NAME,
  FIELD_VERDICT,
  FIELD_AF,
  FIELD_TYPE,
  FIELD_PROTOCOL,
  FIELD_APP,
  FIELD_USER,
  FIELD_ELEVATED,
  FIELD_SERVICE,
  FIELD_PROVIDER,
  FIELD_FLAGS,
  FIELD_SHARED,
  FIELD_COUNT
} rule_field_t;

static const builtin_field_t fields[FIELD_COUNT + 1] = {
    [FIELD_NAME] = {"name", "string? shown wherever the rule decides"},
    [FIELD_VERDICT] = {"verdict", "sockwarden.Verdict"},
    [FIELD_AF] = {"af", "sockwarden.Family|sockwarden.Family[]|nil"},
    [FIELD_TYPE] = {"type", "sockwarden.Type|sockwarden.Type[]|nil"},
    [FIELD_PROTOCOL] = {"protocol", "sockwarden.Protocol|sockwarden.Protocol[]|nil"},
    [FIELD_APP] = {"app",
                   "string|string[]|nil glob on the file name, or on the full path where it has a separator"},
    [FIELD_USER] = {"user", "string|string[]|nil `DOMAIN\\name`, a bare name or a SID"},
    [FIELD_ELEVATED] = {"elevated", "boolean|boolean[]|nil"},
    [FIELD_SERVICE] = {"service", "boolean|string|(boolean|string)[]|nil true, false or a service's name"},
    [FIELD_PROVIDER] = {"provider",
                        "string|string[]|nil glob on the name of the lower provider's catalog entry"},
    [FIELD_FLAGS] = {"flags", "sockwarden.Flag|sockwarden.Flag[]|nil all bits of a value are set"},
    [FIELD_SHARED] = {"shared", "boolean|boolean[]|nil the socket was duplicated by another process"},
};

const builtin_field_t *rule_table_fields(void)
{
  return fields;
}

/* Each compiles the value on the top of the stack. [-1, +0] */

static const char *rule_table__compile_name(condition_t *field)
{
  lua_State *L = field->L;
  const char *name = NULL;

  if (lua_type(L, -1) == LUA_TSTRING) {
    name = condition_text(L, -1);
  } else if (!condition_is_mistake(field)) {
    lua_pushfstring(L, "name must be a string, not a %s", luaL_typename(L, -1));
    condition_diagnose(field);
  }
  lua_pop(L, 1);
  return name;
}

static const verdict_value_t *rule_table__compile_verdict(condition_t *field)
{
  lua_State *L = field->L;
  const verdict_value_t *verdict = verdict_value_at(L, -1);
  verdict_value_t *copy = NULL;

  if (verdict != NULL) {
    size_t size = verdict_value_size(verdict);

    copy = memcpy(condition_new(L, size), verdict, size);
  } else if (!condition_is_mistake(field)) {
    verdict_value_hint(L, -1);
    lua_pushfstring(L, "verdict must be allow(), reject(code) or rewrite { ... }, not a %s",
                    luaL_typename(L, -1));
    condition_diagnose(field);
  }
  lua_pop(L, 1);
  return copy;
}

static void rule_table__compile_field(condition_t *field, rule_field_t which, rule_t *rule)
{
  switch (which) {
  case FIELD_NAME:
    rule->name = rule_table__compile_name(field);
    break;
  case FIELD_VERDICT:
    rule->verdict = rule_table__compile_verdict(field);
    break;
  case FIELD_AF:
    rule->af = condition_numbers(field, POLICY_CONSTANTS_AF);
    break;
  case FIELD_TYPE:
    rule->type = condition_numbers(field, POLICY_CONSTANTS_TYPE);
    break;
  case FIELD_PROTOCOL:
    rule->protocol = condition_numbers(field, POLICY_CONSTANTS_PROTOCOL);
    break;
  case FIELD_APP:
    rule->app = condition_texts(field, CONDITION_APP_GLOBS);
    break;
  case FIELD_USER:
    rule->user = condition_texts(field, CONDITION_NAMES);
    break;
  case FIELD_ELEVATED:
    rule->elevated = condition_truths(field);
    break;
  case FIELD_SERVICE:
    rule->service = condition_texts(field, CONDITION_NAMES_AND_TRUTHS);
    break;
  case FIELD_PROVIDER:
    rule->provider = condition_texts(field, CONDITION_NAMES);
    break;
  case FIELD_FLAGS:
    rule->flags = condition_numbers(field, POLICY_CONSTANTS_FLAG);
    break;
  case FIELD_SHARED:
    rule->shared = condition_truths(field);
    break;
  case FIELD_COUNT:
    break;
  }
}

/* The field whose name lies below the value on the top of the stack; FIELD_COUNT where there is none. [-0,
 * +0] */
static rule_field_t rule_table__find_field(lua_State *L)
{
  const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
  rule_field_t which = FIELD_NAME;

  while (which < FIELD_COUNT && strcmp(name, fields[which].name) != 0)
    which++;
  return which;
}

static void rule_table__diagnose_unknown(condition_t *field)
{
  lua_State *L = field->L;

  if (lua_type(L, -2) == LUA_TSTRING) {
    nearest_name_t nearest = nearest_name_to(lua_tostring(L, -2));

    for (rule_field_t i = FIELD_NAME; i < FIELD_COUNT; i++)
      nearest_name_offer(&nearest, fields[i].name);
    script_correct(L, lua_tostring(L, -2), nearest.name);
    lua_pushfstring(L, "a rule has no field '%s'", lua_tostring(L, -2));
  } else {
    lua_pushliteral(L, "a rule's values need field names, as in `type = SOCK_RAW`");
  }
  condition_diagnose(field);
}

rule_t *rule_table_compile(lua_State *L, int32_t line)
{
  condition_t field = {.L = L, .line = line};
  rule_t *rule = condition_new(L, sizeof *rule);

  lua_pushnil(L);
  while (lua_next(L, 1)) {
    rule_field_t which = rule_table__find_field(L);

    if (which < FIELD_COUNT) {
      field.name = fields[which].name;
      rule_table__compile_field(&field, which, rule);
    } else {
      field.name = "rule";
      rule_table__diagnose_unknown(&field);
      lua_pop(L, 1);
    }
  }
  if (rule->verdict == NULL && !field.wrong) {
    field.name = "rule";
    script_advise(L, NULL, "add a verdict, such as verdict = reject(WSAEACCES)");
    lua_pushliteral(L, "the rule has no verdict");
    condition_diagnose(&field);
  }
  return field.wrong ? NULL : rule;
}

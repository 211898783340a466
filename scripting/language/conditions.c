#include "language.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "host.h"
#include "text_match.h"
#include "constants.h"

static const char none_of_type[] = "none_of";

static int conditions__word_none_of(lua_State *L) /* [-0, +1] */
{
  luaL_checkany(L, 1);
  if (luaL_testudata(L, 1, none_of_type) != NULL)
    return luaL_error(L, "none_of inside none_of");
  lua_settop(L, 1);
  lua_newuserdatauv(L, 0, 1);
  luaL_setmetatable(L, none_of_type);
  lua_insert(L, 1);
  lua_setiuservalue(L, 1, 1);
  return 1;
}

static const language_builtin_t own_words[] = {{"none_of", conditions__word_none_of,
                                                "---A condition that holds for none of these values.\n"
                                                "---@generic T\n"
                                                "---@param values T\n"
                                                "---@return T\n"
                                                "function none_of(values) end\n"},
                                               {0}};

const language_builtin_t *condition_builtins(void)
{
  return own_words;
}

void conditions_open(lua_State *L)
{
  luaL_newmetatable(L, none_of_type);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
  language_bind(L, own_words);
}

/* One field of a rule under compilation. */
typedef struct field {
  lua_State *L;
  const char *name;
  int32_t line;
  bool wrong; /* a mistake was diagnosed */
} field_t;

static step_recorder_t *conditions__recorder_of(lua_State *L)
{
  return language_context(L)->recorder;
}

/* Diagnose the message on the top of the stack. [-1, +0] */
static void conditions__wrong(field_t *field, const char *suggestion)
{
  step_recorder_t *recorder = conditions__recorder_of(field->L);

  field->wrong = true;
  recorder->diagnose(recorder->context, field->line, lua_tostring(field->L, -1), suggestion);
  lua_pop(field->L, 1);
}

static void *conditions__arena_or_raise(lua_State *L, size_t size)
{
  script_t *script = script_of(L);
  arena_t *arena = conditions__recorder_of(L)->arena;

  luai_charge(L, size);
  /* What rules compile to lives outside of Lua but is the policy's doing: the same limit holds. */
  if (script->used > script->limit || size + 64 > script->limit - script->used)
    return luaL_error(L, "the rules take too much memory"), NULL;
  size_t before = arena->used;
  void *block = arena_new(arena, size);
  if (block == NULL)
    luaL_error(L, "out of memory");
  script->limit -= arena->used - before;
  return block;
}

static const char *conditions__text_or_raise(lua_State *L, int index)
{
  size_t length;
  const char *text = lua_tolstring(L, index, &length);

  return memcpy(conditions__arena_or_raise(L, length + 1), text, length);
}

/* Replace the condition on the top of the stack by its list, a single value standing for a list of one.
 * Returns how many values it has. [-1, +1] */
static uint32_t conditions__open_list(field_t *field, bool *none_of)
{
  lua_State *L = field->L;

  *none_of = luaL_testudata(L, -1, none_of_type) != NULL;
  if (*none_of) {
    lua_getiuservalue(L, -1, 1);
    lua_remove(L, -2);
  }
  if (lua_type(L, -1) != LUA_TTABLE) {
    lua_createtable(L, 1, 0);
    lua_insert(L, -2);
    lua_rawseti(L, -2, 1);
    return 1;
  }
  lua_Unsigned count = lua_rawlen(L, -1);
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    lua_pop(L, 1);
    if (!lua_isinteger(L, -1) || lua_tointeger(L, -1) < 1 || (lua_Unsigned)lua_tointeger(L, -1) > count) {
      lua_pushfstring(
          L, "%s must be a value, a list of values, or none_of { ... }; this list has a key of its own",
          field->name);
      conditions__wrong(field, NULL);
      lua_pop(L, 1);
      return 0;
    }
  }
  return count < UINT32_MAX ? (uint32_t)count : 0;
}

/* ---- numbers ---- */

/* The value on the top of the stack stands for a mistake that was told already. */
static bool conditions__stands_for_mistake(field_t *field)
{
  field->wrong |= mistake_at(field->L, -1);
  return mistake_at(field->L, -1);
}

static bool conditions__take_number(field_t *field, policy_constants_t words, int32_t *value)
{
  lua_State *L = field->L;

  if (conditions__stands_for_mistake(field))
    return false;
  int exact = 0;
  lua_Integer number = lua_type(L, -1) == LUA_TNUMBER ? lua_tointegerx(L, -1, &exact) : 0;
  if (exact && number >= 0 && number <= INT32_MAX) {
    *value = (int32_t)number;
    return true;
  }
  const char *suggestion = NULL;
  if (lua_type(L, -1) == LUA_TSTRING) {
    int32_t meant;

    if (policy_constant_value(words, lua_tostring(L, -1), &meant, &suggestion))
      suggestion = policy_constant_name(words, meant);
    lua_pushfstring(L, "%s must be a number such as %s, not the text '%s'", field->name,
                    policy_constant_name(words, 1), lua_tostring(L, -1));
  } else if (lua_type(L, -1) == LUA_TNUMBER) {
    lua_pushfstring(L, "%s must be a whole number that is not negative", field->name);
  } else {
    lua_pushfstring(L, "%s must be a number such as %s, not a %s", field->name,
                    policy_constant_name(words, 1), luaL_typename(L, -1));
  }
  conditions__wrong(field, suggestion);
  return false;
}

/* The condition on the top of the stack as numbers. [-1, +0] */
static const number_set_t *conditions__compile_numbers(field_t *field, policy_constants_t words)
{
  lua_State *L = field->L;
  bool none_of;
  uint32_t count = conditions__open_list(field, &none_of);
  number_set_t *set = conditions__arena_or_raise(L, sizeof *set + count * sizeof set->values[0]);

  set->none_of = none_of;
  for (uint32_t i = 1; i <= count; i++) {
    lua_rawgeti(L, -1, i);
    if (conditions__take_number(field, words, &set->values[set->count]))
      set->count++;
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return set;
}

/* ---- booleans ---- */

/* [-1, +0] */
static const truth_set_t *conditions__compile_truths(field_t *field)
{
  lua_State *L = field->L;
  truth_set_t *set = conditions__arena_or_raise(L, sizeof *set);
  uint32_t count = conditions__open_list(field, &set->none_of);

  for (uint32_t i = 1; i <= count; i++) {
    lua_rawgeti(L, -1, i);
    if (conditions__stands_for_mistake(field)) {
      lua_pop(L, 1);
      continue;
    }
    if (lua_type(L, -1) != LUA_TBOOLEAN) {
      lua_pushfstring(L, "%s must be true or false, not a %s", field->name, luaL_typename(L, -1));
      conditions__wrong(field, NULL);
    } else if (lua_toboolean(L, -1)) {
      set->with_true = true;
    } else {
      set->with_false = true;
    }
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return set;
}

/* ---- texts ---- */

/* Also bounds what a glob on the provider can cost a decision. */
enum { LONGEST_TEXT = 4096 };

/* Globs on the program are matched once, while loading: the policy pays for what can be much. */
static void conditions__charge_glob(lua_State *L, const char *pattern)
{
  const attributes_t *facts = language_context(L)->facts;
  const char *star = strchr(pattern, '*');

  if (star != NULL)
    luai_charge(L, strlen(star + 1) * strlen(text_has_separator(pattern) ? facts->path : facts->name));
}

static void conditions__take_text(field_t *field, text_set_t *set, bool booleans)
{
  lua_State *L = field->L;
  size_t length;
  int type = lua_type(L, -1);

  if (conditions__stands_for_mistake(field))
    return;
  if (booleans && type == LUA_TBOOLEAN) {
    if (lua_toboolean(L, -1))
      set->with_true = true;
    else
      set->with_false = true;
    return;
  }
  if (type != LUA_TSTRING) {
    lua_pushfstring(L, "%s must be a text%s, not a %s", field->name, booleans ? " or true or false" : "",
                    luaL_typename(L, -1));
    conditions__wrong(field, NULL);
    return;
  }
  const char *text = lua_tolstring(L, -1, &length);
  if (strlen(text) != length || length == 0 || length > LONGEST_TEXT) {
    lua_pushfstring(L, "%s: a name cannot %s", field->name,
                    length == 0             ? "be empty"
                    : length > LONGEST_TEXT ? "be longer than 4096 bytes"
                                            : "hold a zero byte");
    conditions__wrong(field, NULL);
    return;
  }
  if (strcmp(field->name, "app") == 0)
    conditions__charge_glob(L, text);
  set->values[set->count++] = conditions__text_or_raise(L, -1);
}

/* [-1, +0] */
static const text_set_t *conditions__compile_texts(field_t *field, bool booleans)
{
  lua_State *L = field->L;
  bool none_of;
  uint32_t count = conditions__open_list(field, &none_of);
  text_set_t *set = conditions__arena_or_raise(L, sizeof *set + count * sizeof set->values[0]);

  set->none_of = none_of;
  for (uint32_t i = 1; i <= count; i++) {
    lua_rawgeti(L, -1, i);
    conditions__take_text(field, set, booleans);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return set;
}

/* ---- the rule ---- */

/* Each compiles the value on the top of the stack. [-1, +0] */

static void conditions__compile_af(field_t *field, rule_t *rule)
{
  rule->af = conditions__compile_numbers(field, POLICY_CONSTANTS_AF);
}

static void conditions__compile_type(field_t *field, rule_t *rule)
{
  rule->type = conditions__compile_numbers(field, POLICY_CONSTANTS_TYPE);
}

static void conditions__compile_protocol(field_t *field, rule_t *rule)
{
  rule->protocol = conditions__compile_numbers(field, POLICY_CONSTANTS_PROTOCOL);
}

static void conditions__compile_flags(field_t *field, rule_t *rule)
{
  rule->flags = conditions__compile_numbers(field, POLICY_CONSTANTS_FLAG);
}

static void conditions__compile_shared(field_t *field, rule_t *rule)
{
  rule->shared = conditions__compile_truths(field);
}

static void conditions__compile_elevated(field_t *field, rule_t *rule)
{
  rule->elevated = conditions__compile_truths(field);
}

static void conditions__compile_app(field_t *field, rule_t *rule)
{
  rule->app = conditions__compile_texts(field, false);
}

static void conditions__compile_user(field_t *field, rule_t *rule)
{
  rule->user = conditions__compile_texts(field, false);
}

static void conditions__compile_provider(field_t *field, rule_t *rule)
{
  rule->provider = conditions__compile_texts(field, false);
}

static void conditions__compile_service(field_t *field, rule_t *rule)
{
  rule->service = conditions__compile_texts(field, true);
}

static void conditions__compile_name(field_t *field, rule_t *rule)
{
  lua_State *L = field->L;

  if (lua_type(L, -1) == LUA_TSTRING) {
    rule->name = conditions__text_or_raise(L, -1);
  } else if (!conditions__stands_for_mistake(field)) {
    lua_pushfstring(L, "name must be a text, not a %s", luaL_typename(L, -1));
    conditions__wrong(field, NULL);
  }
  lua_pop(L, 1);
}

static void conditions__compile_verdict(field_t *field, rule_t *rule)
{
  lua_State *L = field->L;

  script_of(L)->suggestion[0] = 0;
  const verdict_value_t *verdict = verdict_at(L, -1);
  if (verdict != NULL) {
    rule->verdict =
        memcpy(conditions__arena_or_raise(L, verdict_size(verdict)), verdict, verdict_size(verdict));
  } else if (!conditions__stands_for_mistake(field)) {
    lua_pushfstring(L, "verdict must be allow(), reject(code) or rewrite { ... }, not a %s",
                    luaL_typename(L, -1));
    conditions__wrong(field, script_of(L)->suggestion[0] ? script_of(L)->suggestion : NULL);
    script_of(L)->suggestion[0] = 0;
  }
  lua_pop(L, 1);
}

static const struct rule_field {
  language_field_t field;
  void (*compile)(field_t *field, rule_t *rule);
} rule_fields[] = {
    {{"name", "string? shown wherever the rule decides"}, conditions__compile_name},
    {{"verdict", "sockwarden.Verdict"}, conditions__compile_verdict},
    {{"af", "sockwarden.Family|sockwarden.Family[]|nil"}, conditions__compile_af},
    {{"type", "sockwarden.Type|sockwarden.Type[]|nil"}, conditions__compile_type},
    {{"protocol", "sockwarden.Protocol|sockwarden.Protocol[]|nil"}, conditions__compile_protocol},
    {{"app", "string|string[]|nil glob on the file name, or on the full path where it has a separator"},
     conditions__compile_app},
    {{"user", "string|string[]|nil `DOMAIN\\name`, a bare name or a SID"}, conditions__compile_user},
    {{"elevated", "boolean|boolean[]|nil"}, conditions__compile_elevated},
    {{"service", "boolean|string|(boolean|string)[]|nil true, false or a service's name"},
     conditions__compile_service},
    {{"provider", "string|string[]|nil glob on the name of the catalog entry below"},
     conditions__compile_provider},
    {{"flags", "sockwarden.Flag|sockwarden.Flag[]|nil all bits of a value are set"},
     conditions__compile_flags},
    {{"shared", "boolean|boolean[]|nil the socket was duplicated by another process"},
     conditions__compile_shared},
};

enum { RULE_FIELDS = sizeof rule_fields / sizeof rule_fields[0] };

size_t condition_field(size_t index, language_field_t *field)
{
  if (index >= RULE_FIELDS)
    return 0;
  *field = rule_fields[index].field;
  return 1;
}

static void conditions__wrong_field(field_t *field)
{
  lua_State *L = field->L;
  const char *best = NULL;
  int distance = NAME_FAR;

  if (lua_type(L, -2) == LUA_TSTRING) {
    for (size_t i = 0; i < RULE_FIELDS; i++)
      best = name_nearest(lua_tostring(L, -2), rule_fields[i].field.name, best, &distance);
    lua_pushfstring(L, "a rule has no field '%s'", lua_tostring(L, -2));
  } else {
    lua_pushliteral(L, "a rule's values need names, as in `type = SOCK_RAW`");
  }
  conditions__wrong(field, best);
}

/* Compile the value on the top of the stack into the field whose name lies below it. [-1, +0] */
static void conditions__compile_field(field_t *field, rule_t *rule)
{
  lua_State *L = field->L;
  const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";

  field->name = name;
  for (size_t i = 0; i < RULE_FIELDS; i++)
    if (strcmp(name, rule_fields[i].field.name) == 0) {
      rule_fields[i].compile(field, rule);
      return;
    }
  conditions__wrong_field(field);
  lua_pop(L, 1);
}

rule_t *conditions_compile(lua_State *L, int32_t line)
{
  field_t field = {.L = L, .line = line};
  rule_t *rule = conditions__arena_or_raise(L, sizeof *rule);

  lua_pushnil(L);
  while (lua_next(L, 1))
    conditions__compile_field(&field, rule);
  if (rule->verdict == NULL && !field.wrong) {
    lua_pushliteral(L, "the rule has no verdict");
    conditions__wrong(&field, "verdict = reject(WSAEACCES)");
  }
  return field.wrong ? NULL : rule;
}

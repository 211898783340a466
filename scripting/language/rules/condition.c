#include "condition.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "host.h"
#include "mistake.h"
#include "none_of.h"
#include "text_cut.h"
#include "text_match.h"

void condition_diagnose(condition_t *field)
{
  script_hint_t *hint = &script_of(field->L)->hint;

  if (!hint->subject[0])
    text_copy(hint->subject, sizeof hint->subject, field->name);
  field->wrong = true;
  mistake_diagnose(field->L, field->line);
}

bool condition_is_mistake(condition_t *field)
{
  bool mistake = mistake_at(field->L, -1);

  field->wrong |= mistake;
  return mistake;
}

void *condition_new(lua_State *L, size_t size)
{
  script_t *script = script_of(L);
  arena_t *arena = builtins_context(L)->recorder->arena;

  luai_charge(L, size);
  /* What rules compile to lives outside of Lua but is the policy's doing: the same limit holds. */
  if (script->used > script->limit || size + 64 > script->limit - script->used)
    return luaL_error(L, "the rules need more memory than the limit allows"), NULL;
  size_t before = arena->used;
  void *block = arena_new(arena, size);
  if (block == NULL)
    luaL_error(L, "out of memory");
  script->limit -= arena->used - before;
  return block;
}

const char *condition_text(lua_State *L, int index)
{
  size_t length;
  const char *text = lua_tolstring(L, index, &length);

  return memcpy(condition_new(L, length + 1), text, length);
}

/* Replace the condition on the top of the stack by its list, a single value standing for a list of one.
 * Returns how many values it has. [-1, +1] */
static uint32_t condition__open_list(condition_t *field, bool *none_of)
{
  lua_State *L = field->L;

  *none_of = none_of_unwrap(L);
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
      lua_pushfstring(L, "%s must be a value, a list of values or none_of { ... }; this table is not a list",
                      field->name);
      condition_diagnose(field);
      lua_pop(L, 1);
      return 0;
    }
  }
  return count < UINT32_MAX ? (uint32_t)count : 0;
}

/* ---- numbers ---- */

static const char *condition__example_of(policy_constants_t constants)
{
  static const char *const examples[POLICY_CONSTANTS_COUNT] = {[POLICY_CONSTANTS_AF] = "AF_INET6",
                                                               [POLICY_CONSTANTS_TYPE] = "SOCK_RAW",
                                                               [POLICY_CONSTANTS_PROTOCOL] = "IPPROTO_ICMP",
                                                               [POLICY_CONSTANTS_FLAG] =
                                                                   "WSA_FLAG_OVERLAPPED"};

  return examples[constants];
}

/* A text where a number belongs: most likely the constant of that name. Push what is wrong. [-0, +1] */
static void condition__refuse_text(const condition_t *field, policy_constants_t constants)
{
  lua_State *L = field->L;
  const char *constant;
  int32_t value;

  if (policy_constant_value(constants, lua_tostring(L, -1), &value, &constant))
    constant = policy_constant_name(constants, value);
  if (constant != NULL)
    script_advise(L, field->name, "write %s, without quotes", constant);
  lua_pushfstring(L, "%s must be a number such as %s, not the string '%s'", field->name,
                  condition__example_of(constants), lua_tostring(L, -1));
}

/* The value on the top of the stack as a number. [-0, +0] */
static bool condition__take_number(condition_t *field, policy_constants_t constants, int32_t *value)
{
  lua_State *L = field->L;

  if (condition_is_mistake(field))
    return false;
  int exact = 0;
  lua_Integer number = lua_type(L, -1) == LUA_TNUMBER ? lua_tointegerx(L, -1, &exact) : 0;
  if (exact && number >= 0 && number <= INT32_MAX) {
    *value = (int32_t)number;
    return true;
  }
  if (lua_type(L, -1) == LUA_TSTRING)
    condition__refuse_text(field, constants);
  else if (lua_type(L, -1) == LUA_TNUMBER)
    lua_pushfstring(L, "%s must be a whole number that is not negative", field->name);
  else
    lua_pushfstring(L, "%s must be a number such as %s, not a %s", field->name,
                    condition__example_of(constants), luaL_typename(L, -1));
  condition_diagnose(field);
  return false;
}

const number_set_t *condition_numbers(condition_t *field, policy_constants_t constants)
{
  lua_State *L = field->L;
  bool none_of;
  uint32_t count = condition__open_list(field, &none_of);
  number_set_t *set = condition_new(L, sizeof *set + count * sizeof set->values[0]);

  set->none_of = none_of;
  for (uint32_t i = 1; i <= count; i++) {
    lua_rawgeti(L, -1, i);
    if (condition__take_number(field, constants, &set->values[set->count]))
      set->count++;
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return set;
}

/* ---- true and false ---- */

const truth_set_t *condition_truths(condition_t *field)
{
  lua_State *L = field->L;
  truth_set_t *set = condition_new(L, sizeof *set);
  uint32_t count = condition__open_list(field, &set->none_of);

  for (uint32_t i = 1; i <= count; i++) {
    lua_rawgeti(L, -1, i);
    if (!condition_is_mistake(field) && lua_type(L, -1) != LUA_TBOOLEAN) {
      lua_pushfstring(L, "%s must be true or false, not a %s", field->name, luaL_typename(L, -1));
      condition_diagnose(field);
    } else if (lua_type(L, -1) == LUA_TBOOLEAN) {
      set->with_true |= lua_toboolean(L, -1);
      set->with_false |= !lua_toboolean(L, -1);
    }
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return set;
}

/* ---- texts ---- */

/* Also bounds what a glob on the provider can cost a decision. */
enum { LONGEST_TEXT = 4096 };

static void condition__charge_glob(lua_State *L, const char *pattern)
{
  const attributes_t *attributes = builtins_context(L)->attributes;
  const char *star = strchr(pattern, '*');

  if (star != NULL)
    luai_charge(L,
                strlen(star + 1) * strlen(text_has_separator(pattern) ? attributes->path : attributes->name));
}

/* What is wrong with a text, or NULL. */
static const char *condition__fault_of(const char *text, size_t length)
{
  if (length == 0)
    return "is empty";
  if (length > LONGEST_TEXT)
    return "is longer than 4096 bytes";
  return strlen(text) != length ? "contains a zero byte" : NULL;
}

/* Add the value on the top of the stack. [-0, +0] */
static void condition__take_text(condition_t *field, text_set_t *set, condition_text_kind_t kind)
{
  lua_State *L = field->L;
  bool truths = kind == CONDITION_NAMES_AND_TRUTHS;
  size_t length;

  if (condition_is_mistake(field))
    return;
  if (truths && lua_type(L, -1) == LUA_TBOOLEAN) {
    set->with_true |= lua_toboolean(L, -1);
    set->with_false |= !lua_toboolean(L, -1);
    return;
  }
  if (lua_type(L, -1) != LUA_TSTRING) {
    lua_pushfstring(L, "%s must be a string%s, not a %s", field->name, truths ? " or true or false" : "",
                    luaL_typename(L, -1));
    condition_diagnose(field);
    return;
  }
  const char *text = lua_tolstring(L, -1, &length);
  const char *fault = condition__fault_of(text, length);
  if (fault != NULL) {
    lua_pushfstring(L, "%s: the string %s", field->name, fault);
    condition_diagnose(field);
    return;
  }
  if (kind == CONDITION_APP_GLOBS)
    condition__charge_glob(L, text);
  set->values[set->count++] = condition_text(L, -1);
}

const text_set_t *condition_texts(condition_t *field, condition_text_kind_t kind)
{
  lua_State *L = field->L;
  bool none_of;
  uint32_t count = condition__open_list(field, &none_of);
  text_set_t *set = condition_new(L, sizeof *set + count * sizeof set->values[0]);

  set->none_of = none_of;
  for (uint32_t i = 1; i <= count; i++) {
    lua_rawgeti(L, -1, i);
    condition__take_text(field, set, kind);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return set;
}

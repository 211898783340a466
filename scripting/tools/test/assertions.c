#include "assertions.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <string.h>

#include "test_result.h"
#include "text_cut.h"

/* Raise the failure of an assertion, whose bench says what was expected and what came; the author's own
 * message is at a stack index, or absent. */
static int assertions__raise(lua_State *L, int message)
{
  const test_bench_t *bench = test_bench_of(L);
  const char *own = luaL_optstring(L, message, "");

  return luaL_error(L, "%s%sexpected %s, got %s", own, own[0] ? ": " : "", bench->expected, bench->actual);
}

/* The same for the result at stack index 1. */
static int assertions__fail(lua_State *L, int message)
{
  test_bench_t *bench = test_bench_of(L);
  const phrase_t actual = phrase_start(bench->actual, sizeof bench->actual);
  const phrase_t decided_by = phrase_start(bench->decided_by, sizeof bench->decided_by);

  test_result_add(L, &actual);
  test_result_add_decider(L, &decided_by);
  text_copy(bench->request, sizeof bench->request, test_result_text(L, "request"));
  return assertions__raise(L, message);
}

static bool assertions__is_verdict(lua_State *L, const char *verdict)
{
  return strcmp(test_result_text(L, "verdict"), verdict) == 0;
}

static int assertions__allow(lua_State *L) /* assert_allow(result, message) [-0, +0] */
{
  test_bench_t *bench = test_bench_of(L);

  test_result_check(L, "assert_allow");
  if (assertions__is_verdict(L, "allow"))
    return 0;
  text_copy(bench->expected, sizeof bench->expected, "allow");
  return assertions__fail(L, 2);
}

static int assertions__reject(lua_State *L) /* assert_reject(result, code, message) [-0, +0] */
{
  test_bench_t *bench = test_bench_of(L);

  test_result_check(L, "assert_reject");
  bool any = lua_isnoneornil(L, 2);
  int32_t code = any ? 0 : (int32_t)luaL_checkinteger(L, 2);
  if (assertions__is_verdict(L, "reject") && (any || test_result_number(L, "code") == code))
    return 0;
  const char *name = policy_constant_name(POLICY_CONSTANTS_ERROR, code);
  if (any)
    text_copy(bench->expected, sizeof bench->expected, "reject");
  else
    snprintf(bench->expected, sizeof bench->expected, "reject %s (%d)", name != NULL ? name : "with a code",
             (int)code);
  return assertions__fail(L, 3);
}

/* Whether the result differs in a field from the table at stack index 2, which is added to what is expected;
 * not where the table does not name it. [-0, +0] */
static bool assertions__differs(lua_State *L, const char *field, policy_constants_t constants,
                                const phrase_t *expected)
{
  if (lua_getfield(L, 2, field) == LUA_TNIL) {
    lua_pop(L, 1);
    return false;
  }
  int32_t wanted = (int32_t)luaL_checkinteger(L, -1);
  lua_pop(L, 1);
  phrase_add(expected, " ");
  phrase_add_constant(expected, constants, wanted);
  return test_result_number(L, field) != wanted;
}

static int assertions__rewrite(lua_State *L) /* assert_rewrite(result, triple, message) [-0, +0] */
{
  test_bench_t *bench = test_bench_of(L);

  test_result_check(L, "assert_rewrite");
  bool wrong = !assertions__is_verdict(L, "rewrite");
  const phrase_t expected = phrase_start(bench->expected, sizeof bench->expected);
  phrase_add(&expected, "rewrite");
  if (!lua_isnoneornil(L, 2)) {
    luaL_checktype(L, 2, LUA_TTABLE);
    phrase_add(&expected, " to");
    wrong |= assertions__differs(L, "af", POLICY_CONSTANTS_AF, &expected);
    wrong |= assertions__differs(L, "type", POLICY_CONSTANTS_TYPE, &expected);
    wrong |= assertions__differs(L, "protocol", POLICY_CONSTANTS_PROTOCOL, &expected);
  }
  return wrong ? assertions__fail(L, 3) : 0;
}

static int assertions__rule(lua_State *L) /* assert_rule(result, name, message) [-0, +0] */
{
  test_bench_t *bench = test_bench_of(L);

  test_result_check(L, "assert_rule");
  const char *wanted = luaL_optstring(L, 2, "");
  if (strcmp(test_result_text(L, "rule"), wanted) == 0)
    return 0;
  snprintf(bench->expected, sizeof bench->expected,
           wanted[0] ? "the rule \"%.200s\" to decide" : "no named rule to decide%s", wanted);
  return assertions__fail(L, 3);
}

static int assertions__equal(lua_State *L) /* assert_equal(actual, expected, message) [-0, +0] */
{
  test_bench_t *bench = test_bench_of(L);

  luaL_checkany(L, 2);
  if (lua_compare(L, 1, 2, LUA_OPEQ))
    return 0;
  lua_settop(L, 3);
  text_copy(bench->actual, sizeof bench->actual, luaL_tolstring(L, 1, NULL));
  text_copy(bench->expected, sizeof bench->expected, luaL_tolstring(L, 2, NULL));
  return assertions__raise(L, 3);
}

static const builtin_t builtins[] = {
    {"assert_allow", assertions__allow,
     "---@param result sockwarden.Result\n"
     "---@param message? string\n"
     "function assert_allow(result, message) end\n"},
    {"assert_reject", assertions__reject,
     "---@param result sockwarden.Result\n"
     "---@param code? sockwarden.Error default: any\n"
     "---@param message? string\n"
     "function assert_reject(result, code, message) end\n"},
    {"assert_rewrite", assertions__rewrite,
     "---@param result sockwarden.Result\n"
     "---@param triple? { af: sockwarden.Family?, type: sockwarden.Type?, protocol: sockwarden.Protocol? }\n"
     "---@param message? string\n"
     "function assert_rewrite(result, triple, message) end\n"},
    {"assert_rule", assertions__rule,
     "---The rule of that name decided; nil: none that has a name.\n"
     "---@param result sockwarden.Result\n"
     "---@param name? string\n"
     "---@param message? string\n"
     "function assert_rule(result, name, message) end\n"},
    {"assert_equal", assertions__equal,
     "---@param actual any\n"
     "---@param expected any\n"
     "---@param message? string\n"
     "function assert_equal(actual, expected, message) end\n"},
    {0}};

const builtin_t *assertions_builtins(void)
{
  return builtins;
}

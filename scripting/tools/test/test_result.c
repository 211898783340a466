#include "test_result.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <string.h>

#include "request_spec_value.h"
#include "unknown.h"

static const char result_type[] = "result";

static const builtin_field_t fields[] = {{"verdict", "\"allow\"|\"reject\"|\"rewrite\""},
                                         {"af", "sockwarden.Family as it goes on"},
                                         {"type", "sockwarden.Type"},
                                         {"protocol", "sockwarden.Protocol"},
                                         {"code", "sockwarden.Error? of a reject"},
                                         {"error", "string? its name"},
                                         {"file", "string? of the policy that decided"},
                                         {"line", "integer?"},
                                         {"rule", "string? its name"},
                                         {"reason", "string?"},
                                         {"log", "string? what policies passed to log()"},
                                         {"cost", "integer instructions"},
                                         {"request", "string the request in words"},
                                         {0}};

const builtin_field_t *test_result_fields(void)
{
  return fields;
}

/* ---- decide ---- */

/* Set a field of the table on the top of the stack; "" is none. [-0, +0] */
static void test_result__set_text(lua_State *L, const char *field, const char *text)
{
  if (!text[0])
    return;
  lua_pushstring(L, text);
  lua_setfield(L, -2, field);
}

static void test_result__set_number(lua_State *L, const char *field, lua_Integer number)
{
  lua_pushinteger(L, number);
  lua_setfield(L, -2, field);
}

/* [-0, +1] */
static void test_result__push(lua_State *L, const policy_verdict_t *verdict, const request_spec_t *spec)
{
  char request[TEST_TEXT_MAX];
  const phrase_t phrase = phrase_start(request, sizeof request);

  phrase_add_request(&phrase, spec);
  lua_createtable(L, 0, 16);
  test_result__set_text(L, "verdict", policy_action_name(verdict->action));
  test_result__set_number(L, "af", verdict->triple.af);
  test_result__set_number(L, "type", verdict->triple.type);
  test_result__set_number(L, "protocol", verdict->triple.protocol);
  if (verdict->action == POLICY_REJECT) {
    test_result__set_number(L, "code", verdict->error);
    test_result__set_text(L, "error", policy_constant_name(POLICY_CONSTANTS_ERROR, verdict->error));
  }
  if (verdict->file[0]) {
    test_result__set_text(L, "file", verdict->file);
    test_result__set_number(L, "line", verdict->line);
  }
  test_result__set_text(L, "rule", verdict->rule);
  test_result__set_text(L, "reason", verdict->reason);
  test_result__set_text(L, "log", verdict->log);
  test_result__set_number(L, "cost", (lua_Integer)verdict->cost);
  test_result__set_text(L, "request", request);
  luaL_setmetatable(L, result_type);
}

static int test_result__decide(lua_State *L) /* decide(spec) [-0, +1] */
{
  const policy_tester_t *tester = test_bench_of(L)->tester;
  request_spec_t spec;
  policy_verdict_t verdict;

  request_spec_value_read(L, 1, &spec);
  tester->decide(tester->context, &spec, &verdict);
  test_result__push(L, &verdict, &spec);
  return 1;
}

static const builtin_t builtins[] = {{"decide", test_result__decide,
                                      "---Ask the policies for a decision. Every field has a default.\n"
                                      "---@param request sockwarden.RequestSpec\n"
                                      "---@return sockwarden.Result\n"
                                      "function decide(request) end\n"},
                                     {0}};

const builtin_t *test_result_builtins(void)
{
  return builtins;
}

/* A field that this result does not have is nil; one that no result has is a mistake. */
static int test_result__miss_field(lua_State *L) /* __index(result, key) [-0, +1] */
{
  const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";

  for (const builtin_field_t *field = fields; field->name != NULL; field++)
    if (strcmp(field->name, key) == 0)
      return 0;
  return unknown_field_raise(L, "a result of decide", fields, 2);
}

void test_result_open(lua_State *L)
{
  luaL_newmetatable(L, result_type);
  lua_pushcfunction(L, test_result__miss_field);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
}

/* ---- looking at one ---- */

void test_result_check(lua_State *L, const char *builtin)
{
  bool result = lua_getmetatable(L, 1);

  if (result) {
    luaL_getmetatable(L, result_type);
    result = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
  }
  if (result)
    return;
  script_correct(L, builtin, NULL);
  luaL_error(L, "%s needs the result of decide { ... }, not a %s", builtin, luaL_typename(L, 1));
}

const char *test_result_text(lua_State *L, const char *field)
{
  lua_getfield(L, 1, field);
  const char *text = lua_tostring(L, -1); /* the result keeps it */
  lua_pop(L, 1);
  return text != NULL ? text : "";
}

int32_t test_result_number(lua_State *L, const char *field)
{
  lua_getfield(L, 1, field);
  lua_Integer number = lua_tointeger(L, -1);
  lua_pop(L, 1);
  return (int32_t)number;
}

void test_result_add(lua_State *L, const phrase_t *phrase)
{
  const char *verdict = test_result_text(L, "verdict");
  char code[24];

  phrase_add(phrase, verdict);
  if (strcmp(verdict, "reject") == 0) {
    snprintf(code, sizeof code, " (%d)", (int)test_result_number(L, "code"));
    phrase_add(phrase, " ");
    phrase_add(phrase, test_result_text(L, "error"));
    phrase_add(phrase, code);
  } else if (strcmp(verdict, "rewrite") == 0) {
    policy_triple_t triple = {test_result_number(L, "af"), test_result_number(L, "type"),
                              test_result_number(L, "protocol")};

    phrase_add(phrase, " to ");
    phrase_add_triple(phrase, &triple);
  }
}

void test_result_add_decider(lua_State *L, const phrase_t *phrase)
{
  char line[16];
  const char *file = test_result_text(L, "file"), *rule = test_result_text(L, "rule");

  if (!file[0]) {
    phrase_add(phrase, "the default: no policy said otherwise");
    return;
  }
  snprintf(line, sizeof line, ":%d", (int)test_result_number(L, "line"));
  phrase_add(phrase, file);
  phrase_add(phrase, line);
  if (rule[0]) {
    phrase_add(phrase, " rule \"");
    phrase_add(phrase, rule);
    phrase_add(phrase, "\"");
  }
}

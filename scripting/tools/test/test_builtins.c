#include "test_builtins.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <string.h>

#include "request_spec_value.h"
#include "text_match.h"

/* Keys of registry tables: the functions and names of the tests. */
static const char functions_key = 0;
static const char names_key = 0;

static const char answer_type[] = "answer";

static const char *const actions[] = {"allow", "reject", "rewrite"};

static const language_field_t answer_fields[] = {{"verdict", "\"allow\"|\"reject\"|\"rewrite\""},
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
                                                 {"cost", "integer budget steps"},
                                                 {"asked", "string the question in words"},
                                                 {0}};

static test_bench_t *test_builtins__bench_of(lua_State *L)
{
  return language_context(L)->bench;
}

/* ---- test ---- */

static int test_builtins__word_test(lua_State *L) /* [-0, +0] */
{
  test_bench_t *bench = test_builtins__bench_of(L);

  luaL_checktype(L, 1, LUA_TSTRING);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  if (!bench->loading)
    return luaL_error(L, "test inside a test");
  bench->tests++;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &functions_key);
  lua_pushvalue(L, 2);
  lua_rawseti(L, -2, (lua_Integer)bench->tests);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &names_key);
  lua_pushvalue(L, 1);
  lua_rawseti(L, -2, (lua_Integer)bench->tests);
  return 0;
}

void test_builtins_push(lua_State *L, size_t index)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &functions_key);
  lua_rawgeti(L, -1, (lua_Integer)index);
  lua_remove(L, -2);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &names_key);
  lua_rawgeti(L, -1, (lua_Integer)index);
  lua_remove(L, -2);
}

/* ---- decide ---- */

typedef struct phrase {
  char *text;
  size_t size;
} phrase_t;

static void test_builtins__add(const phrase_t *phrase, const char *text)
{
  size_t used = strlen(phrase->text);

  text_copy(phrase->text + used, phrase->size - used, text);
}

static void test_builtins__add_word(const phrase_t *phrase, policy_constants_t words, int32_t value)
{
  char number[16];
  const char *name = policy_constant_name(words, value);

  snprintf(number, sizeof number, "%d", (int)value);
  test_builtins__add(phrase, name != NULL ? name : number);
}

static void test_builtins__add_triple(const phrase_t *phrase, const policy_triple_t *triple)
{
  test_builtins__add_word(phrase, POLICY_CONSTANTS_AF, triple->af);
  test_builtins__add(phrase, " ");
  test_builtins__add_word(phrase, POLICY_CONSTANTS_TYPE, triple->type);
  test_builtins__add(phrase, " ");
  test_builtins__add_word(phrase, POLICY_CONSTANTS_PROTOCOL, triple->protocol);
}

static void test_builtins__describe_question(const request_spec_t *question, const phrase_t *phrase)
{
  const policy_triple_t *triple =
      question->names_requested && !question->names_effective ? &question->requested : &question->effective;

  phrase->text[0] = 0;
  test_builtins__add_word(phrase, POLICY_CONSTANTS_AF, triple->af);
  test_builtins__add(phrase, " ");
  test_builtins__add_word(phrase, POLICY_CONSTANTS_TYPE, triple->type);
  if (triple->protocol) { /* 0 is the default of the type */
    test_builtins__add(phrase, " ");
    test_builtins__add_word(phrase, POLICY_CONSTANTS_PROTOCOL, triple->protocol);
  }
  if (question->path[0] || question->name != NULL) {
    test_builtins__add(phrase, " by ");
    test_builtins__add(phrase, question->path[0] ? question->path : question->name);
  }
  if (question->user[0]) {
    test_builtins__add(phrase, ", user ");
    test_builtins__add(phrase, question->user);
  }
  test_builtins__add(phrase, question->elevated ? ", elevated" : "");
  if (question->service != NULL) {
    test_builtins__add(phrase, ", service ");
    test_builtins__add(phrase, question->service);
  }
  test_builtins__add(phrase, question->shared ? ", shared" : "");
}

static void test_builtins__set_text(lua_State *L, const char *field, const char *text)
{
  if (!text[0])
    return;
  lua_pushstring(L, text);
  lua_setfield(L, -2, field);
}

static void test_builtins__set_number(lua_State *L, const char *field, lua_Integer number)
{
  lua_pushinteger(L, number);
  lua_setfield(L, -2, field);
}

/* What decide returns. [-0, +1] */
static void test_builtins__push_answer(lua_State *L, const policy_verdict_t *verdict,
                                       const request_spec_t *question)
{
  char asked[TEST_TEXT_MAX];

  lua_createtable(L, 0, 16);
  test_builtins__set_text(L, "verdict", actions[verdict->action]);
  test_builtins__set_number(L, "af", verdict->triple.af);
  test_builtins__set_number(L, "type", verdict->triple.type);
  test_builtins__set_number(L, "protocol", verdict->triple.protocol);
  if (verdict->action == POLICY_REJECT) {
    test_builtins__set_number(L, "code", verdict->error);
    test_builtins__set_text(L, "error", policy_constant_name(POLICY_CONSTANTS_ERROR, verdict->error));
  }
  if (verdict->file[0]) {
    test_builtins__set_text(L, "file", verdict->file);
    test_builtins__set_number(L, "line", verdict->line);
  }
  test_builtins__set_text(L, "rule", verdict->rule);
  test_builtins__set_text(L, "reason", verdict->reason);
  test_builtins__set_text(L, "log", verdict->log);
  test_builtins__set_number(L, "cost", (lua_Integer)verdict->cost);
  test_builtins__describe_question(question, &(phrase_t){asked, sizeof asked});
  test_builtins__set_text(L, "asked", asked);
  luaL_setmetatable(L, answer_type);
}

static int test_builtins__word_decide(lua_State *L) /* [-0, +1] */
{
  const policy_tester_t *tester = test_builtins__bench_of(L)->tester;
  request_spec_t question;
  policy_verdict_t verdict;

  request_spec_read(L, 1, &question);
  tester->decide(tester->context, &question, &verdict);
  test_builtins__push_answer(L, &verdict, &question);
  return 1;
}

/* A field that this answer does not have is nil; one that no answer has is a mistake. */
static int test_builtins__missing_field(lua_State *L) /* __index(answer, key) [-0, +1] */
{
  const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";

  for (const language_field_t *field = answer_fields; field->name != NULL; field++)
    if (strcmp(field->name, key) == 0)
      return 0;
  lua_newtable(L);
  for (const language_field_t *field = answer_fields; field->name != NULL; field++) {
    lua_pushboolean(L, 1);
    lua_setfield(L, -2, field->name);
  }
  return sandbox_no_field(L, "the answer of decide", lua_gettop(L), 2);
}

/* ---- assertions ---- */

static const char *test_builtins__text_field(lua_State *L, int index, const char *field)
{
  lua_getfield(L, index, field);
  const char *text = lua_tostring(L, -1); /* the answer keeps it */
  lua_pop(L, 1);
  return text != NULL ? text : "";
}

static int32_t test_builtins__number_field(lua_State *L, int index, const char *field)
{
  lua_getfield(L, index, field);
  lua_Integer number = lua_tointeger(L, -1);
  lua_pop(L, 1);
  return (int32_t)number;
}

static void test_builtins__check_answer(lua_State *L, const char *word)
{
  bool answer = lua_getmetatable(L, 1);

  if (answer) {
    luaL_getmetatable(L, answer_type);
    answer = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
  }
  if (!answer)
    luaL_error(L, "%s needs what decide { ... } returns, not a %s", word, luaL_typename(L, 1));
}

/* "reject WSAEACCES (10013)". */
static void test_builtins__describe_answer(lua_State *L, const phrase_t *phrase)
{
  const char *verdict = test_builtins__text_field(L, 1, "verdict");
  char code[24];

  phrase->text[0] = 0;
  test_builtins__add(phrase, verdict);
  if (strcmp(verdict, "reject") == 0) {
    snprintf(code, sizeof code, " (%d)", (int)test_builtins__number_field(L, 1, "code"));
    test_builtins__add(phrase, " ");
    test_builtins__add(phrase, test_builtins__text_field(L, 1, "error"));
    test_builtins__add(phrase, code);
  } else if (strcmp(verdict, "rewrite") == 0) {
    policy_triple_t triple = {test_builtins__number_field(L, 1, "af"),
                              test_builtins__number_field(L, 1, "type"),
                              test_builtins__number_field(L, 1, "protocol")};

    test_builtins__add(phrase, " to ");
    test_builtins__add_triple(phrase, &triple);
  }
}

static void test_builtins__describe_decider(lua_State *L, const phrase_t *phrase)
{
  char line[16];
  const char *file = test_builtins__text_field(L, 1, "file"), *rule = test_builtins__text_field(L, 1, "rule");

  phrase->text[0] = 0;
  snprintf(line, sizeof line, ":%d", (int)test_builtins__number_field(L, 1, "line"));
  if (!file[0]) {
    test_builtins__add(phrase, "the default: no policy said otherwise");
    return;
  }
  test_builtins__add(phrase, file);
  test_builtins__add(phrase, line);
  if (rule[0]) {
    test_builtins__add(phrase, " rule \"");
    test_builtins__add(phrase, rule);
    test_builtins__add(phrase, "\"");
  }
}

/* Raise the failure of an assertion on the answer at index 1; bench->expected is filled in. */
static int test_builtins__fail(lua_State *L, int message)
{
  test_bench_t *bench = test_builtins__bench_of(L);
  const char *said = luaL_optstring(L, message, "");

  test_builtins__describe_answer(L, &(phrase_t){bench->actual, sizeof bench->actual});
  test_builtins__describe_decider(L, &(phrase_t){bench->decided_by, sizeof bench->decided_by});
  text_copy(bench->asked, sizeof bench->asked, test_builtins__text_field(L, 1, "asked"));
  return luaL_error(L, "%s%sexpected %s, got %s", said, said[0] ? ": " : "", bench->expected, bench->actual);
}

static int test_builtins__word_assert_allow(lua_State *L) /* [-0, +0] */
{
  test_bench_t *bench = test_builtins__bench_of(L);

  test_builtins__check_answer(L, "assert_allow");
  if (strcmp(test_builtins__text_field(L, 1, "verdict"), "allow") == 0)
    return 0;
  text_copy(bench->expected, sizeof bench->expected, "allow");
  return test_builtins__fail(L, 2);
}

static int test_builtins__word_assert_reject(lua_State *L) /* [-0, +0] */
{
  test_bench_t *bench = test_builtins__bench_of(L);

  test_builtins__check_answer(L, "assert_reject");
  bool any = lua_isnoneornil(L, 2);
  int32_t code = any ? 0 : (int32_t)luaL_checkinteger(L, 2);
  bool rejected = strcmp(test_builtins__text_field(L, 1, "verdict"), "reject") == 0;
  if (rejected && (any || test_builtins__number_field(L, 1, "code") == code))
    return 0;
  const char *name = policy_constant_name(POLICY_CONSTANTS_ERROR, code);
  if (any)
    text_copy(bench->expected, sizeof bench->expected, "reject");
  else
    snprintf(bench->expected, sizeof bench->expected, "reject %s (%d)", name != NULL ? name : "with a code",
             (int)code);
  return test_builtins__fail(L, 3);
}

static bool test_builtins__differs(lua_State *L, const char *field, policy_constants_t words,
                                   const phrase_t *expected)
{
  if (lua_getfield(L, 2, field) == LUA_TNIL) {
    lua_pop(L, 1);
    return false;
  }
  int32_t wanted = (int32_t)luaL_checkinteger(L, -1);
  lua_pop(L, 1);
  test_builtins__add(expected, " ");
  test_builtins__add_word(expected, words, wanted);
  return test_builtins__number_field(L, 1, field) != wanted;
}

static int test_builtins__word_assert_rewrite(lua_State *L) /* [-0, +0] */
{
  test_bench_t *bench = test_builtins__bench_of(L);
  phrase_t expected = {bench->expected, sizeof bench->expected};

  test_builtins__check_answer(L, "assert_rewrite");
  bool wrong = strcmp(test_builtins__text_field(L, 1, "verdict"), "rewrite") != 0;
  expected.text[0] = 0;
  test_builtins__add(&expected, "rewrite");
  if (!lua_isnoneornil(L, 2)) {
    luaL_checktype(L, 2, LUA_TTABLE);
    test_builtins__add(&expected, " to");
    wrong |= test_builtins__differs(L, "af", POLICY_CONSTANTS_AF, &expected);
    wrong |= test_builtins__differs(L, "type", POLICY_CONSTANTS_TYPE, &expected);
    wrong |= test_builtins__differs(L, "protocol", POLICY_CONSTANTS_PROTOCOL, &expected);
  }
  return wrong ? test_builtins__fail(L, 3) : 0;
}

static int test_builtins__word_assert_rule(lua_State *L) /* [-0, +0] */
{
  test_bench_t *bench = test_builtins__bench_of(L);

  test_builtins__check_answer(L, "assert_rule");
  const char *wanted = luaL_optstring(L, 2, "");
  if (strcmp(test_builtins__text_field(L, 1, "rule"), wanted) == 0)
    return 0;
  snprintf(bench->expected, sizeof bench->expected,
           wanted[0] ? "the rule \"%.200s\" to decide" : "no named rule to decide%s", wanted);
  return test_builtins__fail(L, 3);
}

static int test_builtins__word_assert_equal(lua_State *L) /* [-0, +0] */
{
  test_bench_t *bench = test_builtins__bench_of(L);

  luaL_checkany(L, 2);
  if (lua_compare(L, 1, 2, LUA_OPEQ))
    return 0;
  const char *said = luaL_optstring(L, 3, "");
  text_copy(bench->actual, sizeof bench->actual, luaL_tolstring(L, 1, NULL));
  text_copy(bench->expected, sizeof bench->expected, luaL_tolstring(L, 2, NULL));
  return luaL_error(L, "%s%sexpected %s, got %s", said, said[0] ? ": " : "", bench->expected, bench->actual);
}

static const language_builtin_t own_words[] = {
    {"test", test_builtins__word_test,
     "---Register a test; it fails when its function raises an error.\n"
     "---@param name string\n"
     "---@param run fun()\n"
     "function test(name, run) end\n"},
    {"decide", test_builtins__word_decide,
     "---Ask the policies for a decision. Every field has a default.\n"
     "---@param question sockwarden.Question\n"
     "---@return sockwarden.Answer\n"
     "function decide(question) end\n"},
    {"assert_allow", test_builtins__word_assert_allow,
     "---@param answer sockwarden.Answer\n"
     "---@param message? string\n"
     "function assert_allow(answer, message) end\n"},
    {"assert_reject", test_builtins__word_assert_reject,
     "---@param answer sockwarden.Answer\n"
     "---@param code? sockwarden.Error default: any\n"
     "---@param message? string\n"
     "function assert_reject(answer, code, message) end\n"},
    {"assert_rewrite", test_builtins__word_assert_rewrite,
     "---@param answer sockwarden.Answer\n"
     "---@param triple? { af: sockwarden.Family?, type: sockwarden.Type?, protocol: sockwarden.Protocol? }\n"
     "---@param message? string\n"
     "function assert_rewrite(answer, triple, message) end\n"},
    {"assert_rule", test_builtins__word_assert_rule,
     "---The rule of that name decided; nil: none that has a name.\n"
     "---@param answer sockwarden.Answer\n"
     "---@param name? string\n"
     "---@param message? string\n"
     "function assert_rule(answer, name, message) end\n"},
    {"assert_equal", test_builtins__word_assert_equal,
     "---@param actual any\n"
     "---@param expected any\n"
     "---@param message? string\n"
     "function assert_equal(actual, expected, message) end\n"},
    {0}};

const language_builtin_t *test_builtins(void)
{
  return own_words;
}

void test_builtins_open(lua_State *L)
{
  luaL_newmetatable(L, answer_type);
  lua_pushcfunction(L, test_builtins__missing_field);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &functions_key);
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &names_key);
  sandbox_add_builtins(L, own_words);
}

/* ---- for editors ---- */

static void test_builtins__put_question(void (*put)(void *context, const char *text), void *context,
                                        const char *class, const char *wanted)
{
  const char *group, *name, *annotation;
  char text[200];

  snprintf(text, sizeof text, "\n---@class sockwarden.%s\n", class);
  put(context, text);
  for (size_t i = 0; request_spec_describe(i, &group, &name, &annotation); i++)
    if (strcmp(group, wanted) == 0) {
      snprintf(text, sizeof text, "---@field %s %s\n", name, annotation);
      put(context, text);
    }
}

void test_annotations(void (*put)(void *context, const char *text), void *context)
{
  char text[200];

  test_builtins__put_question(put, context, "AskedApp", "app");
  test_builtins__put_question(put, context, "Asked", "requested");
  test_builtins__put_question(put, context, "Question", "");
  put(context, "---@field app string|sockwarden.AskedApp|nil a text is the path\n"
               "---@field requested sockwarden.Asked? default: af, type and protocol\n");
  put(context, "\n---@class sockwarden.Answer\n");
  for (const language_field_t *field = answer_fields; field->name != NULL; field++) {
    snprintf(text, sizeof text, "---@field %s %s\n", field->name, field->annotation);
    put(context, text);
  }
  for (const language_builtin_t *word = own_words; word->name != NULL; word++) {
    put(context, "\n");
    put(context, word->annotation);
  }
}

#include "language.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "host.h"
#include "text_match.h"

/* Key of the registry table that holds this state's on_socket functions. */
static const char functions_key = 0;

static step_recorder_t *registration__loading(lua_State *L, const char *word)
{
  step_recorder_t *recorder = language_context(L)->recorder;

  if (recorder == NULL && language_context(L)->bench != NULL)
    luaL_error(L, "%s belongs in a policy, not in its test", word);
  if (recorder == NULL)
    luaL_error(
        L, "%s registers a step and belongs outside of functions: steps are fixed once the file is loaded",
        word);
  return recorder;
}

static int registration__word_rule(lua_State *L) /* [-0, +0] */
{
  step_recorder_t *recorder = registration__loading(L, "rule");
  int32_t line = language_line(L);

  if (mistake_at(L, 1))
    return 0;
  if (lua_type(L, 1) != LUA_TTABLE) {
    script_suggest(L, "rule { name = \"...\", type = SOCK_RAW, verdict = reject(WSAEACCES) }");
    return mistake(L, "rule needs a table, not a %s", luaL_typename(L, 1));
  }
  lua_settop(L, 1);
  if (recorder->arena == NULL) {
    recorder->add_rule(recorder->context, line, NULL);
    return 0;
  }
  arena_t mark = *recorder->arena;
  rule_t *rule = conditions_compile(L, line);
  if (rule == NULL)
    return 0; /* diagnosed; the file goes on, so that all its mistakes are told at once */
  step_kept_t kept = recorder->add_rule(recorder->context, line, rule);
  if (kept == STEP_NO_MEMORY)
    return luaL_error(L, "out of memory");
  if (kept == STEP_DROPPED) {
    script_of(L)->limit += recorder->arena->used - mark.used; /* conditions_compile took it off */
    arena_rewind(recorder->arena, &mark);
  }
  return 0;
}

static int registration__word_on_socket(lua_State *L) /* [-0, +0] */
{
  step_recorder_t *recorder = registration__loading(L, "on_socket");

  if (mistake_at(L, 1))
    return 0;
  if (lua_type(L, 1) != LUA_TFUNCTION) {
    script_suggest(L, "on_socket(function(request) ... end)");
    return mistake(L, "on_socket needs a function, not a %s", luaL_typename(L, 1));
  }
  lua_rawgetp(L, LUA_REGISTRYINDEX, &functions_key);
  lua_pushvalue(L, 1);
  lua_rawseti(L, -2, (lua_Integer)++recorder->functions);
  if (recorder->add_function(recorder->context, language_line(L)) == STEP_NO_MEMORY)
    return luaL_error(L, "out of memory");
  return 0;
}

static int registration__word_log(lua_State *L) /* [-0, +0] */
{
  language_context_t *context = language_context(L);

  luaL_checkany(L, 1);
  size_t length;
  const char *message = luaL_tolstring(L, 1, &length);
  luai_charge(L, length + context->log_size);
  if (context->log == NULL)
    return 0; /* while loading there is no decision whose entry it could join */
  size_t used = strlen(context->log);
  if (used && used + 1 < context->log_size)
    context->log[used++] = '\n';
  text_copy(context->log + used, context->log_size - used, message);
  return 0;
}

static const language_builtin_t own_words[] = {
    {"rule", registration__word_rule,
     "---Register a rule: it matches when all its conditions hold.\n"
     "---@param rule sockwarden.Rule\n"
     "function rule(rule) end\n"},
    {"on_socket", registration__word_on_socket,
     "---Register a function that is called for every socket that reaches it.\n"
     "---@param decide fun(request: sockwarden.Request): sockwarden.Verdict?\n"
     "function on_socket(decide) end\n"},
    {"log", registration__word_log,
     "---Add a message to the decision's log entry.\n"
     "---@param message any\n"
     "function log(message) end\n"},
    {0}};

const language_builtin_t *registration_builtins(void)
{
  return own_words;
}

void steps_open(lua_State *L)
{
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &functions_key);
  language_bind(L, own_words);
}

void steps_push_functions(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &functions_key);
}

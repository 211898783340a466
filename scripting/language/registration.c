#include "registration.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "host.h"
#include "mistake.h"
#include "rule_table.h"
#include "text_cut.h"

/* Key of the registry table that holds this state's on_socket functions. */
static const char functions_key = 0;

static recorder_t *registration__recorder(lua_State *L, const char *builtin)
{
  recorder_t *recorder = builtins_context(L)->recorder;

  if (recorder == NULL)
    luaL_error(L, "%s can only be called while its file is loaded: the policy entries are fixed from then on",
               builtin);
  return recorder;
}

/* Compile the rule in the table at stack index 1 and hand it over. A rule that has mistakes is left out; they
 * are diagnosed, and the file goes on, so that all of its mistakes are found. [-0, +0] */
static void registration__compile_rule(lua_State *L, recorder_t *recorder, int32_t line)
{
  arena_t mark = *recorder->arena;
  rule_t *rule = rule_table_compile(L, line);

  if (rule == NULL)
    return;
  recorder_kept_t kept = recorder->add_rule(recorder->context, line, rule);
  if (kept == RECORDER_NO_MEMORY)
    luaL_error(L, "out of memory");
  if (kept == RECORDER_PRUNED) {
    script_of(L)->limit += recorder->arena->used - mark.used; /* the compilation took it off */
    arena_rewind(recorder->arena, &mark);
  }
}

static int registration__rule(lua_State *L) /* rule(table) [-0, +0] */
{
  recorder_t *recorder = registration__recorder(L, "rule");

  if (mistake_at(L, 1))
    return 0;
  if (lua_type(L, 1) != LUA_TTABLE) {
    script_advise(L, "rule", "write rule { name = \"...\", type = SOCK_RAW, verdict = reject(WSAEACCES) }");
    return mistake_raise(L, "rule needs a table, not a %s", luaL_typename(L, 1));
  }
  lua_settop(L, 1);
  if (recorder->arena != NULL)
    registration__compile_rule(L, recorder, builtins_line(L));
  return 0;
}

static int registration__on_socket(lua_State *L) /* on_socket(function) [-0, +0] */
{
  recorder_t *recorder = registration__recorder(L, "on_socket");

  if (mistake_at(L, 1))
    return 0;
  if (lua_type(L, 1) != LUA_TFUNCTION) {
    script_advise(L, "on_socket", "write on_socket(function(request) ... end)");
    return mistake_raise(L, "on_socket needs a function, not a %s", luaL_typename(L, 1));
  }
  lua_rawgetp(L, LUA_REGISTRYINDEX, &functions_key);
  lua_pushvalue(L, 1);
  lua_rawseti(L, -2, (lua_Integer)++recorder->functions);
  if (recorder->add_function(recorder->context, builtins_line(L)) == RECORDER_NO_MEMORY)
    return luaL_error(L, "out of memory");
  return 0;
}

static int registration__log(lua_State *L) /* log(message) [-0, +0] */
{
  const builtins_context_t *context = builtins_context(L);

  luaL_checkany(L, 1);
  size_t length;
  const char *message = luaL_tolstring(L, 1, &length);
  luai_charge(L, length + context->log_size);
  if (context->log == NULL)
    return 0; /* while loading there is no decision whose record it could join */
  size_t used = strlen(context->log);
  if (used && used + 1 < context->log_size)
    context->log[used++] = '\n';
  text_copy(context->log + used, context->log_size - used, message);
  return 0;
}

static const builtin_t builtins[] = {
    {"rule", registration__rule,
     "---Register a rule: it matches when all its conditions hold.\n"
     "---@param rule sockwarden.Rule\n"
     "function rule(rule) end\n"},
    {"on_socket", registration__on_socket,
     "---Register a function that is called for every socket that reaches it.\n"
     "---@param decide fun(request: sockwarden.Request): sockwarden.Verdict?\n"
     "function on_socket(decide) end\n"},
    {"log", registration__log,
     "---Add a message to the decision's log record.\n"
     "---@param message any\n"
     "function log(message) end\n"},
    {0}};

const builtin_t *registration_builtins(void)
{
  return builtins;
}

void registration_open(lua_State *L)
{
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &functions_key);
  builtins_bind(L, builtins);
}

void registration_push_functions(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &functions_key);
}

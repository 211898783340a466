#include "chunk.h"

#include <string.h>

#include "host.h"
#include <lauxlib.h>
#include <lua.h>

/* Lua has no public way to look into nested functions before they run. */
#include <ldebug.h>
#include <lobject.h>
#include <lopcodes.h>

#include "language.h"
#include "policy_tools.h"

/* "=10-base.lua" */
static const char *chunk__file_of(const char *source)
{
  return source + (source[0] == '=');
}

static void chunk__line_runs(lua_State *L, lua_Debug *frame)
{
  const policy_watch_t *watch = script_of(L)->watch;

  if (lua_getinfo(L, "S", frame))
    watch->line(watch->context, chunk__file_of(frame->source), frame->currentline);
}

void chunk_watch(script_t *script, const policy_watch_t *watch)
{
  script->watch = watch;
  if (watch->line != NULL)
    lua_sethook(script->L, chunk__line_runs, LUA_MASKLINE, 0);
}

static void chunk__tell_lines(const policy_watch_t *watch, const char *file, const Proto *function)
{
  int told = 0;

  /* The last instruction is the return at `end`, which is no line of anybody's. */
  for (int pc = function->is_vararg ? 1 : 0; pc < function->sizecode - 1; pc++) {
    int line = luaG_getfuncline(function, pc);

    if (line > 0 && line != told)
      watch->code(watch->context, file, line);
    told = line;
  }
  for (int i = 0; i < function->sizep; i++)
    chunk__tell_lines(watch, file, function->p[i]);
}

/* ---- names ---- */

static const char *chunk__short_text(const Proto *function, int constant)
{
  return constant < function->sizek && ttisstring(&function->k[constant])
             ? getstr(tsvalue(&function->k[constant]))
             : NULL;
}

static bool chunk__is_environment(const Proto *function, int upvalue)
{
  const TString *name = upvalue < function->sizeupvalues ? function->upvalues[upvalue].name : NULL;

  return name != NULL && strcmp(getstr(name), "_ENV") == 0;
}

/* Put the names that a function or one inside it assigns into the table on the top of the stack. [-0, +0] */
static void chunk__collect_assigned(lua_State *L, const Proto *function)
{
  for (int pc = 0; pc < function->sizecode; pc++) {
    Instruction code = function->code[pc];
    const char *name = GET_OPCODE(code) == OP_SETTABUP && chunk__is_environment(function, GETARG_A(code))
                           ? chunk__short_text(function, GETARG_B(code))
                           : NULL;

    if (name != NULL) {
      lua_pushboolean(L, 1);
      lua_setfield(L, -2, name);
    }
  }
  for (int i = 0; i < function->sizep; i++)
    chunk__collect_assigned(L, function->p[i]);
}

/* Diagnose names that are neither words of the language nor in the table on the top of the stack. [-0, +0] */
static void chunk__diagnose_unknown(lua_State *L, const Proto *function)
{
  step_recorder_t *recorder = language_context(L)->recorder;

  for (int pc = 0; pc < function->sizecode; pc++) {
    Instruction code = function->code[pc];
    const char *name = GET_OPCODE(code) == OP_GETTABUP && chunk__is_environment(function, GETARG_B(code))
                           ? chunk__short_text(function, GETARG_C(code))
                           : NULL;

    if (name == NULL || sandbox_knows(L, name))
      continue;
    bool assigned = lua_getfield(L, -1, name) != LUA_TNIL;
    lua_pop(L, 1);
    if (assigned)
      continue;
    script_of(L)->suggestion[0] = 0;
    sandbox_describe_unknown(L, name);
    const char *suggestion = script_of(L)->suggestion;
    recorder->diagnose(recorder->context, luaG_getfuncline(function, pc), lua_tostring(L, -1),
                       suggestion[0] ? suggestion : NULL);
    lua_pop(L, 1);
  }
  for (int i = 0; i < function->sizep; i++)
    chunk__diagnose_unknown(L, function->p[i]);
}

/* Whether the code takes its environment as a value, and so could see what lies in it. */
static bool chunk__takes_environment(const Proto *function)
{
  for (int pc = 0; pc < function->sizecode; pc++) {
    Instruction code = function->code[pc];

    if (GET_OPCODE(code) == OP_GETUPVAL && chunk__is_environment(function, GETARG_B(code)))
      return true;
  }
  for (int i = 0; i < function->sizep; i++)
    if (chunk__takes_environment(function->p[i]))
      return true;
  return false;
}

/* Of the functions inside a function; its own code runs once. The words lie on top of the environment. [-0,
 * +0] */
static void chunk__bind_words(lua_State *L, const Proto *function)
{
  for (int i = 0; i < function->sizep; i++) {
    const Proto *inner = function->p[i];

    for (int pc = 0; pc < inner->sizecode; pc++) {
      Instruction code = inner->code[pc];
      const char *name = GET_OPCODE(code) == OP_GETTABUP && chunk__is_environment(inner, GETARG_B(code))
                             ? chunk__short_text(inner, GETARG_C(code))
                             : NULL;

      if (name == NULL)
        continue;
      lua_pushstring(L, name);
      lua_pushvalue(L, -1);
      if (lua_rawget(L, -3) == LUA_TNIL) {
        lua_pop(L, 2);
        continue;
      }
      lua_rawset(L, -4);
    }
    chunk__bind_words(L, inner);
  }
}

void chunk_bind_globals(lua_State *L)
{
  const Proto *function = ((const LClosure *)lua_topointer(L, -2))->p;

  if (chunk__takes_environment(function))
    return;
  sandbox_push_globals(L);
  chunk__bind_words(L, function);
  lua_pop(L, 1);
}

void chunk_loaded(lua_State *L)
{
  const policy_watch_t *watch = script_of(L)->watch;
  const step_recorder_t *recorder = language_context(L)->recorder;
  const Proto *function = ((const LClosure *)lua_topointer(L, -1))->p;

  if (watch != NULL && watch->code != NULL)
    chunk__tell_lines(watch, chunk__file_of(getstr(function->source)), function);
  if (recorder == NULL || !recorder->thorough)
    return;
  lua_newtable(L);
  chunk__collect_assigned(L, function);
  chunk__diagnose_unknown(L, function);
  lua_pop(L, 1);
}

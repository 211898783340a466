#include "chunk.h"

#include <string.h>

#include "host.h"
#include <lauxlib.h>
#include <lua.h>

/* Lua has no public way to look into nested functions before they run. */
#include <lobject.h>
#include <lopcodes.h>
#include <lstate.h>

#include "language.h"

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

const char *chunk_name_read(const Proto *function, int pc)
{
  Instruction code = function->code[pc];

  return GET_OPCODE(code) == OP_GETTABUP && chunk__is_environment(function, GETARG_B(code))
             ? chunk__short_text(function, GETARG_C(code))
             : NULL;
}

const char *chunk_name_assigned(const Proto *function, int pc)
{
  Instruction code = function->code[pc];

  return GET_OPCODE(code) == OP_SETTABUP && chunk__is_environment(function, GETARG_A(code))
             ? chunk__short_text(function, GETARG_B(code))
             : NULL;
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
      const char *name = chunk_name_read(inner, pc);

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

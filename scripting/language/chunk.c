#include "chunk.h"

#include <string.h>

#include "host.h"
#include <lua.h>

/* Lua has no public way to look into nested functions before they run. */
#include <ldebug.h>
#include <lobject.h>
#include <lopcodes.h>

#include "sandbox.h"

static const Proto *chunk__function_at(lua_State *L, int index)
{
  return ((const LClosure *)lua_topointer(L, index))->p;
}

static bool chunk__is_environment(const Proto *function, int upvalue)
{
  const TString *name = upvalue < function->sizeupvalues ? function->upvalues[upvalue].name : NULL;

  return name != NULL && strcmp(getstr(name), "_ENV") == 0;
}

/* A constant that is a string, or NULL. */
static const char *chunk__text_of(const Proto *function, int constant)
{
  return constant < function->sizek && ttisstring(&function->k[constant])
             ? getstr(tsvalue(&function->k[constant]))
             : NULL;
}

/* The global name that an instruction reads or assigns, or NULL. */
static const char *chunk__name_in(const Proto *function, Instruction code, bool *assigned)
{
  *assigned = GET_OPCODE(code) == OP_SETTABUP;
  if (*assigned && chunk__is_environment(function, GETARG_A(code)))
    return chunk__text_of(function, GETARG_B(code));
  if (GET_OPCODE(code) == OP_GETTABUP && chunk__is_environment(function, GETARG_B(code)))
    return chunk__text_of(function, GETARG_C(code));
  return NULL;
}

static void chunk__visit_function(lua_State *L, const Proto *function, bool inner,
                                  void (*visit)(lua_State *L, const chunk_use_t *use, void *context),
                                  void *context)
{
  for (int pc = 0; pc < function->sizecode; pc++) {
    chunk_use_t use = {.inner = inner, .function = function, .instruction = pc};

    use.name = chunk__name_in(function, function->code[pc], &use.assigned);
    if (use.name != NULL)
      visit(L, &use, context);
  }
  for (int i = 0; i < function->sizep; i++)
    chunk__visit_function(L, function->p[i], true, visit, context);
}

void chunk_visit(lua_State *L, int index, void (*visit)(lua_State *L, const chunk_use_t *use, void *context),
                 void *context)
{
  chunk__visit_function(L, chunk__function_at(L, index), false, visit, context);
}

int32_t chunk_line(const chunk_use_t *use)
{
  return luaG_getfuncline(use->function, use->instruction);
}

/* ---- binding ---- */

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

/* The names of the language lie on top of the environment. [-0, +0] */
static void chunk__bind_use(lua_State *L, const chunk_use_t *use, void *context)
{
  (void)context;
  if (!use->inner || use->assigned)
    return;
  lua_pushstring(L, use->name);
  lua_pushvalue(L, -1);
  if (lua_rawget(L, -3) != LUA_TNIL)
    lua_rawset(L, -4);
  else
    lua_pop(L, 2);
}

void chunk_bind(lua_State *L)
{
  if (chunk__takes_environment(chunk__function_at(L, -2)))
    return;
  sandbox_push_names(L);
  chunk_visit(L, -3, chunk__bind_use, NULL);
  lua_pop(L, 1);
}

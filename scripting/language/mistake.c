#include "language.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdarg.h>

/*
 * Loading thoroughly (policy_engine_check), a mistake is diagnosed and the file goes on, so that all its
 * mistakes are told at once. What the mistaken expression would have been is a stand-in that goes along with
 * everything and is passed over in silence wherever it turns up.
 */
static const char stand_in_type[] = "mistake";

static int mistake__another(lua_State *L) /* [-0, +1] */
{
  return mistake_push(L);
}

int mistake_push(lua_State *L)
{
  static const char *const events[] = {"__index", "__call", "__concat", "__add", "__sub",  "__mul",
                                       "__div",   "__mod",  "__pow",    "__unm", "__idiv", "__band",
                                       "__bor",   "__bxor", "__shl",    "__shr", "__bnot", "__len"};

  lua_newuserdatauv(L, 0, 0);
  if (luaL_newmetatable(L, stand_in_type)) {
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
      lua_pushcfunction(L, mistake__another);
      lua_setfield(L, -2, events[i]);
    }
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
  }
  lua_setmetatable(L, -2);
  return 1;
}

bool mistake_at(lua_State *L, int index)
{
  return luaL_testudata(L, index, stand_in_type) != NULL;
}

int mistake(lua_State *L, const char *format, ...)
{
  language_context_t *context = language_context(L);
  step_recorder_t *recorder = context != NULL ? context->recorder : NULL;
  script_t *script = script_of(L);
  va_list arguments;

  va_start(arguments, format);
  if (recorder == NULL || !recorder->thorough) {
    luaL_where(L, 1);
    lua_pushvfstring(L, format, arguments);
    va_end(arguments);
    lua_concat(L, 2);
    return lua_error(L);
  }
  lua_pushvfstring(L, format, arguments);
  va_end(arguments);
  recorder->diagnose(recorder->context, language_line(L), lua_tostring(L, -1),
                     script->suggestion[0] ? script->suggestion : NULL);
  script->suggestion[0] = 0;
  return mistake_push(L);
}

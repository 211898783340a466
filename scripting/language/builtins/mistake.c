#include "mistake.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdarg.h>
#include <string.h>

#include "text_cut.h"

static const char placeholder_type[] = "mistake";

static int mistake__push_another(lua_State *L) /* any metamethod [-0, +1] */
{
  return mistake_push(L);
}

int mistake_push(lua_State *L)
{
  static const char *const events[] = {"__index", "__call", "__concat", "__add", "__sub",  "__mul",
                                       "__div",   "__mod",  "__pow",    "__unm", "__idiv", "__band",
                                       "__bor",   "__bxor", "__shl",    "__shr", "__bnot", "__len"};

  lua_newuserdatauv(L, 0, 0);
  if (luaL_newmetatable(L, placeholder_type)) {
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
      lua_pushcfunction(L, mistake__push_another);
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
  return luaL_testudata(L, index, placeholder_type) != NULL;
}

void mistake_name_token(lua_State *L)
{
  static const char before[] = " near '";
  const char *message = lua_tostring(L, -1), *found = strstr(message, before);
  char token[SCRIPT_NAME_MAX];

  if (found == NULL || message[strlen(message) - 1] != '\'')
    return;
  found += sizeof before - 1;
  text_copy(token, sizeof token, found);
  if (strlen(found) < sizeof token)
    token[strlen(found) - 1] = 0; /* the quote behind it; the token itself may hold others */
  script_correct(L, token, NULL);
}

void mistake_diagnose(lua_State *L, int32_t line)
{
  const recorder_t *recorder = builtins_context(L)->recorder;
  const policy_report_t report = script_report(line, lua_tostring(L, -1), &script_of(L)->hint);

  recorder->diagnose(recorder->context, &report);
  script_forget_hint(L);
  lua_pop(L, 1);
}

int mistake_raise(lua_State *L, const char *format, ...)
{
  const builtins_context_t *context = builtins_context(L);
  bool lint = context != NULL && context->recorder != NULL && context->recorder->lint;
  va_list arguments;

  if (!lint)
    luaL_where(L, 1);
  va_start(arguments, format);
  lua_pushvfstring(L, format, arguments);
  va_end(arguments);
  if (!lint) {
    lua_concat(L, 2);
    return lua_error(L);
  }
  mistake_diagnose(L, builtins_line(L));
  return mistake_push(L);
}

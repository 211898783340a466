#include "request_spec_value.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

/* Set a field from the value on the top of the stack. Raises what is wrong. [-0, +0] */
static void request_spec_value__set_field(lua_State *L, request_spec_t *question,
                                          const request_spec_field_t *field)
{
  char why[REQUEST_SPEC_WHY_MAX];
  int exact = 0;
  bool fits = false;

  switch (lua_type(L, -1)) {
  case LUA_TSTRING:
    fits = request_spec_set_text(question, field, lua_tostring(L, -1), why);
    break;
  case LUA_TBOOLEAN:
    fits = request_spec_set_truth(question, field, lua_toboolean(L, -1), why);
    break;
  case LUA_TNUMBER: {
    lua_Integer number = lua_tointegerx(L, -1, &exact);

    fits = exact ? request_spec_set_number(question, field, number, why)
                 : request_spec_refuse(field, "a fraction", why);
    break;
  }
  default:
    request_spec_refuse(field, luaL_typename(L, -1), why);
  }
  if (!fits)
    luaL_error(L, "%s", why);
}

static const request_spec_field_t *request_spec_value__find(lua_State *L, const char *group, const char *name)
{
  char why[REQUEST_SPEC_WHY_MAX];
  const request_spec_field_t *field = request_spec_field(group, name, why);

  if (field == NULL)
    luaL_error(L, "%s", why);
  return field;
}

/* The fields of the table on the top of the stack. [-0, +0] */
static void request_spec_value__set_group(lua_State *L, request_spec_t *question, const char *group)
{
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    if (lua_type(L, -2) != LUA_TSTRING)
      luaL_error(L, "a request's values need names, as in `type = SOCK_RAW`");
    const char *name = lua_tostring(L, -2);
    if (group[0] || !request_spec_is_group(name))
      request_spec_value__set_field(L, question, request_spec_value__find(L, group, name));
    else if (lua_type(L, -1) == LUA_TTABLE)
      request_spec_value__set_group(L, question, name);
    else if (strcmp(name, "app") == 0 && lua_type(L, -1) == LUA_TSTRING)
      request_spec_value__set_field(L, question, request_spec_value__find(L, "app", "path"));
    else
      luaL_error(L, "%s must be a table%s, not a %s", name, name[0] == 'a' ? " or the program's path" : "",
                 luaL_typename(L, -1));
    lua_pop(L, 1);
  }
}

void request_spec_read(lua_State *L, int index, request_spec_t *question)
{
  request_spec_init(question);
  if (lua_type(L, index) != LUA_TTABLE)
    luaL_error(L, "decide needs a table, as in decide { app = [[C:\\x.exe]], type = SOCK_RAW }, not a %s",
               luaL_typename(L, index));
  luaL_checkstack(L, 12, NULL);
  lua_pushvalue(L, index);
  request_spec_value__set_group(L, question, "");
  lua_pop(L, 1);
}

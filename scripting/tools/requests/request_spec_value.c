#include "request_spec_value.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

static int request_spec_value__raise(lua_State *L, const request_spec_mistake_t *mistake)
{
  script_correct(L, mistake->subject, mistake->correction);
  return luaL_error(L, "%s", mistake->message);
}

/* Set a field from the value on the top of the stack. [-0, +0] */
static void request_spec_value__set_field(lua_State *L, request_spec_t *spec,
                                          const request_spec_field_t *field)
{
  request_spec_mistake_t mistake;
  int exact = 0;
  bool fits = false;

  switch (lua_type(L, -1)) {
  case LUA_TSTRING:
    fits = request_spec_set_text(spec, field, lua_tostring(L, -1), &mistake);
    break;
  case LUA_TBOOLEAN:
    fits = request_spec_set_truth(spec, field, lua_toboolean(L, -1), &mistake);
    break;
  case LUA_TNUMBER: {
    lua_Integer number = lua_tointegerx(L, -1, &exact);

    fits = exact ? request_spec_set_number(spec, field, number, &mistake)
                 : request_spec_refuse(field, "a fraction", &mistake);
    break;
  }
  default:
    request_spec_refuse(field, luaL_typename(L, -1), &mistake);
  }
  if (!fits)
    request_spec_value__raise(L, &mistake);
}

/* Set the field of that name from the value on the top of the stack. [-0, +0] */
static void request_spec_value__set_named(lua_State *L, request_spec_t *spec, const char *group,
                                          const char *name)
{
  request_spec_mistake_t mistake;
  const request_spec_field_t *field = request_spec_field(group, name, &mistake);

  if (field == NULL)
    request_spec_value__raise(L, &mistake);
  request_spec_value__set_field(L, spec, field);
}

/* Set the fields of the table on the top of the stack. [-0, +0] */
static void request_spec_value__set_group(lua_State *L, request_spec_t *spec, const char *group)
{
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    if (lua_type(L, -2) != LUA_TSTRING)
      luaL_error(L, "a request's values need field names, as in `type = SOCK_RAW`");
    const char *name = lua_tostring(L, -2);
    if (group[0] || !request_spec_is_group(name))
      request_spec_value__set_named(L, spec, group, name);
    else if (lua_type(L, -1) == LUA_TTABLE)
      request_spec_value__set_group(L, spec, name);
    else if (strcmp(name, "app") == 0 && lua_type(L, -1) == LUA_TSTRING)
      request_spec_value__set_named(L, spec, "app", "path");
    else
      luaL_error(L, "%s must be a table%s, not a %s", name, name[0] == 'a' ? " or the program's path" : "",
                 luaL_typename(L, -1));
    lua_pop(L, 1);
  }
}

void request_spec_value_read(lua_State *L, int index, request_spec_t *spec)
{
  request_spec_init(spec);
  if (lua_type(L, index) != LUA_TTABLE) {
    script_advise(L, "decide", "write decide { app = [[C:\\x.exe]], type = SOCK_RAW }");
    luaL_error(L, "decide needs a table, not a %s", luaL_typename(L, index));
  }
  luaL_checkstack(L, 12, NULL);
  lua_pushvalue(L, index);
  request_spec_value__set_group(L, spec, "");
  lua_pop(L, 1);
}

#include "request_value.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "read_only.h"
#include "request_shown.h"
#include "unknown.h"

static const char requests_key = 0; /* the tables, from 1 */
static const char shown_key = 0;    /* requests_t */

static const builtin_field_t fields[] = {{"af", "sockwarden.Family effective: wildcards are resolved"},
                                         {"type", "sockwarden.Type effective"},
                                         {"protocol", "sockwarden.Protocol effective"},
                                         {"requested", "sockwarden.Triple as the program asked"},
                                         {"flags", "integer WSA_FLAG_*"},
                                         {"overlapped", "boolean WSA_FLAG_OVERLAPPED is among the flags"},
                                         {"shared", "boolean another process duplicated the socket"},
                                         {"provider", "string name of the lower provider's catalog entry"},
                                         {"catalog_id", "integer its id"},
                                         {"app", "sockwarden.App"},
                                         {0}};

const builtin_field_t *request_value_fields(void)
{
  return fields;
}

static const builtin_field_t app_fields[POLICY_ATTRIBUTE_COUNT + 1] = {
    [POLICY_ATTRIBUTE_NAME] = {"name", "string file name of the program"},
    [POLICY_ATTRIBUTE_PATH] = {"path", "string its full path"},
    [POLICY_ATTRIBUTE_PID] = {"pid", "integer"},
    [POLICY_ATTRIBUTE_COMMAND_LINE] = {"command_line", "string"},
    [POLICY_ATTRIBUTE_USER] = {"user", "string `DOMAIN\\name`"},
    [POLICY_ATTRIBUTE_SID] = {"sid", "string"},
    [POLICY_ATTRIBUTE_ELEVATED] = {"elevated", "boolean"},
    [POLICY_ATTRIBUTE_SERVICE] = {"service",
                                  "boolean|string false, a service's name, or true where it is not known"},
    [POLICY_ATTRIBUTE_SESSION] = {"session", "integer"},
};

const builtin_field_t *request_value_app_fields(void)
{
  return app_fields;
}

/* false for a process that is no service, its name (several: separated by commas) where it is known, else
 * true. */
static void request_value__push_service(lua_State *L, const policy_attribute_value_t *service)
{
  if (!service->flag || service->text == NULL || !service->text[0])
    lua_pushboolean(L, service->flag);
  else
    luaL_gsub(L, service->text, "\n", ",");
}

/* Push an attribute; false, and nothing pushed, where it cannot be had. [-0, +1] */
static bool request_value__push_attribute(lua_State *L, policy_attribute_t attribute)
{
  policy_attribute_value_t value;

  if (!attributes_read(builtins_context(L)->attributes, attribute, &value))
    return false;
  switch (attribute) {
  case POLICY_ATTRIBUTE_PID:
  case POLICY_ATTRIBUTE_SESSION:
    lua_pushinteger(L, value.number);
    return true;
  case POLICY_ATTRIBUTE_ELEVATED:
    lua_pushboolean(L, value.flag);
    return true;
  case POLICY_ATTRIBUTE_SERVICE:
    request_value__push_service(L, &value);
    return true;
  default:
    if (value.text != NULL)
      lua_pushstring(L, value.text);
    return value.text != NULL;
  }
}

static int request_value__read_app_field(lua_State *L) /* __index(fields, key) [-0, +1] */
{
  const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";

  for (int i = 0; i < POLICY_ATTRIBUTE_COUNT; i++) {
    if (strcmp(key, app_fields[i].name) != 0)
      continue;
    if (!request_value__push_attribute(L, (policy_attribute_t)i)) {
      script_correct(L, key, NULL);
      return luaL_error(L, "request.app.%s cannot be determined for this process", key);
    }
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_rawset(L, 1); /* constant in the process: the next read finds it without us */
    return 1;
  }
  return unknown_field_raise(L, "request.app", app_fields, 2);
}

/* Push a request without its fields; request.app is on top of the stack. [-0, +1] */
static void request_value__push_request(lua_State *L)
{
  lua_createtable(L, 0, 10);
  lua_pushvalue(L, -2);
  lua_setfield(L, -2, "app");
  lua_createtable(L, 0, 3);
  lua_setfield(L, -2, "requested");
}

void request_value_open(lua_State *L)
{
  lua_createtable(L, REQUESTS_SHOWN, 0);

  lua_newtable(L); /* app */
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, request_value__read_app_field);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  read_only_seal(L, "request.app");

  for (int i = 1; i <= REQUESTS_SHOWN; i++) {
    request_value__push_request(L);
    lua_getfield(L, -1, "requested");
    read_only_freeze(L, "request.requested");
    lua_pop(L, 1);
    read_only_freeze(L, "request");
    lua_rawseti(L, -3, i);
  }
  lua_pop(L, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &requests_key);

  requests_t *requests = lua_newuserdatauv(L, sizeof *requests, 0);
  memset(requests, 0, sizeof *requests);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &shown_key); /* lives as long as the state */
  script_of(L)->requests = requests;
}

static void request_value__set_number(lua_State *L, const char *field, int64_t value)
{
  lua_pushstring(L, field);
  lua_pushinteger(L, value);
  lua_rawset(L, -3);
}

static void request_value__set_truth(lua_State *L, const char *field, bool value)
{
  lua_pushstring(L, field);
  lua_pushboolean(L, value);
  lua_rawset(L, -3);
}

static void request_value__set_triple(lua_State *L, const policy_triple_t *triple)
{
  request_value__set_number(L, "af", triple->af);
  request_value__set_number(L, "type", triple->type);
  request_value__set_number(L, "protocol", triple->protocol);
}

void request_value_push_pinned(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &requests_key);
}

int request_value_show(lua_State *L, const policy_request_t *request, const policy_triple_t *triple)
{
  const char *provider = request_shown_provider(request);
  requests_t *requests = script_of(L)->requests;
  uint32_t index = requests->next;
  request_shown_t *shown = &requests->shown[index];

  requests->next = (index + 1) % REQUESTS_SHOWN;
  shown->valid = false; /* as long as it is written: memory may run out half way */

  lua_rawgetp(L, LUA_REGISTRYINDEX, &requests_key);
  lua_rawgeti(L, -1, (lua_Integer)index + 1);
  request_value__set_triple(L, triple);
  request_value__set_number(L, "flags", request->flags);
  request_value__set_number(L, "catalog_id", request->catalog_id);
  request_value__set_truth(L, "overlapped", request->flags & 1); /* WSA_FLAG_OVERLAPPED */
  request_value__set_truth(L, "shared", request->shared);
  lua_pushliteral(L, "provider");
  lua_pushstring(L, provider);
  lua_rawset(L, -3);
  lua_getfield(L, -1, "requested");
  request_value__set_triple(L, &request->requested);
  lua_pop(L, 3);

  shown->requested = request->requested;
  shown->effective = *triple;
  shown->flags = request->flags;
  shown->catalog_id = request->catalog_id;
  shown->shared = request->shared;
  shown->provider_number = request->provider_number;
  shown->valid = strlen(provider) < sizeof shown->provider; /* a longer one is not found again */
  if (shown->valid)
    strcpy(shown->provider, provider);
  return (int)index + 1;
}

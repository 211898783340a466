#include "language.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

/*
 * One request object a state, reused: a stand-in table (sandbox_seal) through which policies read a table of
 * fields. Reading goes along Lua's own table look-ups, without a call into C. From one decision to the next
 * mostly nothing changes, so only fields that differ from what they last held are written.
 */
typedef struct request_shown {
  policy_triple_t requested, effective;
  uint32_t flags, catalog_id;
  bool shared;
  bool provider_known; /* `provider` is what the field holds */
  bool complete;       /* all fields were written once */
  char provider[POLICY_RULE_MAX];
} request_shown_t;

static const char request_key = 0;   /* the stand-in */
static const char fields_key = 0;    /* the table behind it */
static const char requested_key = 0; /* the table behind request.requested */
static const char shown_key = 0;     /* request_shown_t */

static const language_field_t fields[] = {{"af", "sockwarden.Family effective: wildcards are resolved"},
                                          {"type", "sockwarden.Type effective"},
                                          {"protocol", "sockwarden.Protocol effective"},
                                          {"requested", "sockwarden.Triple as the program asked"},
                                          {"flags", "integer WSA_FLAG_*"},
                                          {"overlapped", "boolean WSA_FLAG_OVERLAPPED is among the flags"},
                                          {"shared", "boolean another process duplicated the socket"},
                                          {"provider", "string name of the catalog entry below"},
                                          {"catalog_id", "integer its id"},
                                          {"app", "sockwarden.App"},
                                          {0}};

const language_field_t *request_fields(void)
{
  return fields;
}

static const struct app_field {
  const char *name;
  policy_fact_t fact;
  enum { TEXT, NUMBER, FLAG, SERVICE } kind;
  const char *annotation;
} app_fields[] = {
    {"name", POLICY_FACT_NAME, TEXT, "string file name of the program"},
    {"path", POLICY_FACT_PATH, TEXT, "string its full path"},
    {"pid", POLICY_FACT_PID, NUMBER, "integer"},
    {"command_line", POLICY_FACT_COMMAND_LINE, TEXT, "string"},
    {"user", POLICY_FACT_USER, TEXT, "string `DOMAIN\\name`"},
    {"sid", POLICY_FACT_SID, TEXT, "string"},
    {"elevated", POLICY_FACT_ELEVATED, FLAG, "boolean"},
    {"service", POLICY_FACT_SERVICE, SERVICE,
     "boolean|string false, a service's name, or true where it is not known"},
    {"session", POLICY_FACT_SESSION, NUMBER, "integer"},
};

size_t request_app_field(size_t index, language_field_t *field)
{
  if (index >= sizeof app_fields / sizeof app_fields[0])
    return 0;
  *field = (language_field_t){app_fields[index].name, app_fields[index].annotation};
  return 1;
}

/* false for a process that is no service, its name (several: separated by commas) where it is known, else
 * true. */
static void push_service(lua_State *L, const policy_fact_value_t *service)
{
  if (!service->flag || !service->text || !service->text[0])
    lua_pushboolean(L, service->flag);
  else
    luaL_gsub(L, service->text, "\n", ",");
}

static int read_app_field(lua_State *L) /* __index(fields, key) [-0, +1] */
{
  const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
  policy_fact_value_t value;
  for (size_t i = 0; i < sizeof app_fields / sizeof app_fields[0]; i++) {
    const struct app_field *field = &app_fields[i];
    if (strcmp(key, field->name) != 0)
      continue;
    if (!facts_read(language_context(L)->facts, field->fact, &value) || (field->kind == TEXT && !value.text))
      return luaL_error(L, "request.app.%s cannot be determined for this process", key);
    if (field->kind == TEXT)
      lua_pushstring(L, value.text);
    else if (field->kind == NUMBER)
      lua_pushinteger(L, value.number);
    else if (field->kind == FLAG)
      lua_pushboolean(L, value.flag);
    else
      push_service(L, &value);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_rawset(L, 1); /* constant in the process: the next read finds it without us */
    return 1;
  }
  lua_createtable(L, 0, sizeof app_fields / sizeof app_fields[0]);
  for (size_t i = 0; i < sizeof app_fields / sizeof app_fields[0]; i++) {
    lua_pushboolean(L, 1);
    lua_setfield(L, -2, app_fields[i].name);
  }
  return sandbox_no_field(L, "request.app", lua_gettop(L), 2);
}

void request_open(lua_State *L)
{
  lua_newtable(L); /* fields */

  lua_newtable(L); /* app */
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, read_app_field);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  sandbox_seal(L, "request.app");
  lua_setfield(L, -2, "app");

  lua_newtable(L); /* requested */
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &requested_key);
  sandbox_seal(L, "request.requested");
  lua_setfield(L, -2, "requested");

  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &fields_key);
  sandbox_seal(L, "request");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &request_key);

  memset(lua_newuserdatauv(L, sizeof(request_shown_t), 0), 0, sizeof(request_shown_t));
  lua_rawsetp(L, LUA_REGISTRYINDEX, &shown_key);
}

static void set_number(lua_State *L, const char *field, bool complete, int64_t value, int64_t shown)
{
  if (complete && value == shown)
    return;
  lua_pushinteger(L, value);
  lua_setfield(L, -2, field);
}

static void set_triple(lua_State *L, bool complete, const policy_triple_t *triple,
                       const policy_triple_t *shown)
{
  set_number(L, "af", complete, triple->af, shown->af);
  set_number(L, "type", complete, triple->type, shown->type);
  set_number(L, "protocol", complete, triple->protocol, shown->protocol);
}

static bool same_triple(const policy_triple_t *a, const policy_triple_t *b)
{
  return a->af == b->af && a->type == b->type && a->protocol == b->protocol;
}

static void set_provider(lua_State *L, bool complete, const char *provider, request_shown_t *shown)
{
  if (complete && shown->provider_known && strcmp(provider, shown->provider) == 0)
    return;
  lua_pushstring(L, provider);
  lua_setfield(L, -2, "provider");
  shown->provider_known =
      strlen(provider) < sizeof shown->provider; /* a longer one is written anew each time */
  if (shown->provider_known)
    strcpy(shown->provider, provider);
}

static bool same_fields(const request_shown_t *shown, const policy_request_t *request,
                        const policy_triple_t *triple, const char *provider)
{
  return same_triple(triple, &shown->effective) && request->flags == shown->flags &&
         request->shared == shown->shared && request->catalog_id == shown->catalog_id &&
         shown->provider_known && strcmp(provider, shown->provider) == 0;
}

void request_push(lua_State *L, const policy_request_t *request, const policy_triple_t *triple)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &shown_key);
  request_shown_t *shown = lua_touserdata(L, -1);
  lua_pop(L, 1);
  bool complete = shown->complete;
  const char *provider = request->provider ? request->provider : "";

  shown->complete = false; /* should memory run out half way, the next push writes everything */
  if (!complete || !same_triple(&request->requested, &shown->requested)) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &requested_key);
    set_triple(L, complete, &request->requested, &shown->requested);
    lua_pop(L, 1);
  }
  if (!complete || !same_fields(shown, request, triple, provider)) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &fields_key);
    set_triple(L, complete, triple, &shown->effective);
    set_number(L, "flags", complete, request->flags, shown->flags);
    set_number(L, "catalog_id", complete, request->catalog_id, shown->catalog_id);
    lua_pushboolean(L, request->flags & 1); /* WSA_FLAG_OVERLAPPED */
    lua_setfield(L, -2, "overlapped");
    lua_pushboolean(L, request->shared);
    lua_setfield(L, -2, "shared");
    set_provider(L, complete, provider, shown);
    lua_pop(L, 1);
  }
  shown->requested = request->requested;
  shown->effective = *triple;
  shown->flags = request->flags;
  shown->catalog_id = request->catalog_id;
  shown->shared = request->shared;
  shown->complete = true;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &request_key);
}

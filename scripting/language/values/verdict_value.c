#include "verdict_value.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "host.h"
#include "mistake.h"
#include "unknown.h"

static const char verdict_type[] = "verdict";
static const char metatable_key = 0; /* where the registry has it too, under a key that needs no memory */

/* A zeroed verdict with the reason at a stack index, which may be absent. [-0, +1] */
static verdict_value_t *verdict_value__push_verdict(lua_State *L, policy_action_t action, const char *builtin,
                                                    int reason)
{
  const char *text = "";

  if (!lua_isnoneornil(L, reason) && !mistake_at(L, reason)) {
    if (lua_type(L, reason) != LUA_TSTRING) {
      script_correct(L, builtin, NULL);
      luaL_error(L, "%s: the reason must be a string, not a %s", builtin, luaL_typename(L, reason));
    }
    text = lua_tostring(L, reason);
  }
  size_t size = offsetof(verdict_value_t, reason) + strlen(text) + 1;
  luai_charge(L, size);
  verdict_value_t *verdict = lua_newuserdatauv(L, size, 0);
  memset(verdict, 0, offsetof(verdict_value_t, reason));
  verdict->action = action;
  strcpy(verdict->reason, text);
  luaL_setmetatable(L, verdict_type);
  return verdict;
}

size_t verdict_value_size(const verdict_value_t *verdict)
{
  return offsetof(verdict_value_t, reason) + strlen(verdict->reason) + 1;
}

static int verdict_value__allow(lua_State *L) /* [-0, +1] */
{
  lua_settop(L, 0);
  verdict_value__push_verdict(L, POLICY_ALLOW, "allow", 1);
  return 1;
}

static int verdict_value__reject(lua_State *L) /* [-0, +1] */
{
  enum { INPROGRESS = 10036 };
  int exact;

  if (mistake_at(L, 1))
    return mistake_push(L);
  if (lua_isnoneornil(L, 1)) {
    script_advise(L, "reject", "write reject(WSAEACCES)");
    return mistake_raise(L, "reject needs an error code");
  }
  lua_Integer code = lua_type(L, 1) == LUA_TNUMBER ? lua_tointegerx(L, 1, &exact) : (exact = 0);
  if (!exact) {
    script_advise(L, "reject", "write reject(WSAEACCES)");
    return mistake_raise(L, "reject: the error code must be a number such as WSAEACCES, not a %s",
                         luaL_typename(L, 1));
  }
  if (code == INPROGRESS) {
    script_advise(L, "reject", "write reject(WSAEACCES)");
    return mistake_raise(L, "reject: WSAEINPROGRESS makes Winsock go on to the next provider, which would "
                            "create the socket after all");
  }
  if (code < INT32_MIN || code > INT32_MAX || !policy_error_may_reject((int32_t)code)) {
    script_advise(L, "reject", "use an error such as WSAEACCES");
    return mistake_raise(L, "reject: %I is not a Winsock error", (LUAI_UACINT)code);
  }
  verdict_value__push_verdict(L, POLICY_REJECT, "reject", 2)->error = (int32_t)code;
  return 1;
}

static int32_t verdict_value__rewrite_number(lua_State *L, const char *field, lua_Integer least)
{
  int exact = 0;
  lua_Integer value = lua_type(L, -1) == LUA_TNUMBER ? lua_tointegerx(L, -1, &exact) : 0;

  script_correct(L, "rewrite", NULL);
  if (!exact)
    luaL_error(L, "rewrite: %s must be a whole number such as %s, not a %s", field,
               field[0] == 'a'   ? "AF_INET"
               : field[0] == 't' ? "SOCK_DGRAM"
                                 : "IPPROTO_UDP",
               luaL_typename(L, -1));
  if (value < least || value > INT32_MAX)
    luaL_error(L, "rewrite: %I is not a valid %s", (LUAI_UACINT)value, field);
  script_forget_hint(L);
  return (int32_t)value;
}

static const builtin_field_t rewrite_fields[] = {
    {"af", "sockwarden.Family? the new family; addresses are not translated"},
    {"type", "sockwarden.Type?"},
    {"protocol", "sockwarden.Protocol? default: that of the new family and type"},
    {"reason", "string? shown with the decision"},
    {0}};

static int verdict_value__rewrite(lua_State *L) /* [-0, +1] */
{
  if (mistake_at(L, 1))
    return mistake_push(L);
  if (lua_type(L, 1) != LUA_TTABLE) {
    script_advise(L, "rewrite", "write rewrite { type = SOCK_DGRAM }");
    return mistake_raise(L, "rewrite needs a table with af, type or protocol, not a %s", luaL_typename(L, 1));
  }
  lua_settop(L, 1);
  lua_getfield(L, 1, "reason");
  verdict_value_t *verdict = verdict_value__push_verdict(L, POLICY_REWRITE, "rewrite", 2);
  lua_pushnil(L);
  while (lua_next(L, 1)) {
    const char *field = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";

    if (mistake_at(L, -1))
      return mistake_push(L);
    if (strcmp(field, "af") == 0) {
      verdict->names_af = true;
      verdict->triple.af = verdict_value__rewrite_number(L, field, 1);
    } else if (strcmp(field, "type") == 0) {
      verdict->names_type = true;
      verdict->triple.type = verdict_value__rewrite_number(L, field, 1);
    } else if (strcmp(field, "protocol") == 0) {
      verdict->names_protocol = true;
      verdict->triple.protocol = verdict_value__rewrite_number(L, field, 0);
    } else if (strcmp(field, "reason") != 0) {
      return unknown_field_raise(L, "rewrite", rewrite_fields, lua_gettop(L) - 1);
    }
    lua_pop(L, 1);
  }
  if (!verdict->names_af && !verdict->names_type && !verdict->names_protocol) {
    script_correct(L, "rewrite", NULL);
    return mistake_raise(L, "rewrite names neither af nor type nor protocol: nothing would change");
  }
  return 1;
}

const verdict_value_t *verdict_value_at(lua_State *L, int index)
{
  return luaL_testudata(L, index, verdict_type);
}

void verdict_value_hint(lua_State *L, int index)
{
  static const struct {
    lua_CFunction function;
    const char *name, *call;
  } makers[] = {{verdict_value__allow, "allow", "allow()"},
                {verdict_value__reject, "reject", "reject(WSAEACCES)"},
                {verdict_value__rewrite, "rewrite", "rewrite { type = SOCK_DGRAM }"}};
  int exact = 0;
  lua_Integer code = lua_type(L, index) == LUA_TNUMBER ? lua_tointegerx(L, index, &exact) : 0;

  for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++)
    if (lua_tocfunction(L, index) == makers[i].function)
      script_correct(L, makers[i].name, makers[i].call);
  if (exact && code > 0 && code < INT32_MAX && policy_error_may_reject((int32_t)code))
    script_advise(L, NULL, "write reject(%s)", policy_constant_name(POLICY_CONSTANTS_ERROR, (int32_t)code));
  if (lua_type(L, index) == LUA_TSTRING)
    script_advise(L, NULL, "write allow(), reject(WSAEACCES) or rewrite { ... }, without quotes");
}

void verdict_value_push_metatable(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &metatable_key);
}

const verdict_value_t *verdict_value_on_top(lua_State *L)
{
  if (lua_type(L, -1) != LUA_TUSERDATA || !lua_getmetatable(L, -1))
    return NULL;
  bool ours = lua_rawequal(L, -1, VERDICT_VALUE_PINNED);
  lua_pop(L, 1);
  return ours ? lua_touserdata(L, -1) : NULL;
}

policy_triple_t verdict_value_rewritten(const verdict_value_t *rewrite, const policy_triple_t *triple)
{
  policy_triple_t next = *triple;

  if (rewrite->names_af)
    next.af = rewrite->triple.af;
  if (rewrite->names_type)
    next.type = rewrite->triple.type;
  if (rewrite->names_protocol)
    next.protocol =
        rewrite->triple.protocol ? rewrite->triple.protocol : policy_default_protocol(next.af, next.type);
  else if (next.af != triple->af || next.type != triple->type)
    next.protocol = policy_default_protocol(next.af, next.type);
  return next;
}

static const builtin_t builtins[] = {
    {"allow", verdict_value__allow,
     "---Let the call go on as it is. Ends the evaluation.\n"
     "---@return sockwarden.Verdict\n"
     "function allow() end\n"},
    {"reject", verdict_value__reject,
     "---Let the call fail with a Winsock error, `reject(WSAEACCES)`. Ends the evaluation.\n"
     "---@param code sockwarden.Error any Winsock error but WSAEINPROGRESS\n"
     "---@param reason? string shown with the decision\n"
     "---@return sockwarden.Verdict\n"
     "function reject(code, reason) end\n"},
    {"rewrite", verdict_value__rewrite,
     "---Let the call go on as another kind of socket; the evaluation goes on with it.\n"
     "---@param triple sockwarden.Rewrite\n"
     "---@return sockwarden.Verdict\n"
     "function rewrite(triple) end\n"},
    {0}};

const builtin_t *verdict_value_builtins(void)
{
  return builtins;
}

const builtin_field_t *verdict_value_rewrite_fields(void)
{
  return rewrite_fields;
}

void verdict_value_open(lua_State *L)
{
  luaL_newmetatable(L, verdict_type);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &metatable_key);
  builtins_bind(L, builtins);
}

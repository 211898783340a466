#include "lua.h"
#include "llex.h"
#include "lobject.h"
#include "lstate.h"
#include "ltable.h"

void luai_foldnames(lua_State *L, int index)
{
  luai_host(L)->names = index ? lua_topointer(L, index) : NULL;
  luai_host(L)->unfolded = 0;
}

_Bool luai_allfolded(lua_State *L)
{
  return !luai_host(L)->unfolded;
}

/* A name before one of these is assigned, or is not all of its expression. Before a comma it may be one of
 * several that are assigned: then the compiler finds a number where a variable must be, a syntax error. */
static int named_numbers__goes_on(int token)
{
  switch (token) {
  case '=':
  case '.':
  case ':':
  case '[':
  case '(':
  case '{':
  case TK_STRING:
    return 1;
  default:
    return 0;
  }
}

_Bool luai_foldsname(lua_State *L, TString *name, int token, long long *value)
{
  Table *names = (Table *)luai_host(L)->names;
  const TValue *found = names != NULL && name->tt == LUA_VSHRSTR ? luaH_getshortstr(names, name) : NULL;

  if (found == NULL || !ttisinteger(found))
    return 0;
  luai_host(L)->unfolded |= named_numbers__goes_on(token);
  *value = ivalue(found);
  return !named_numbers__goes_on(token);
}

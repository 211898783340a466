#include "unknown_names.h"

#include <lua.h>

#include "chunk.h"
#include "mistake.h"
#include "sandbox.h"
#include "unknown.h"

/* The names that the file assigns are collected in a table on the top of the stack. */
static void unknown_names__collect_assigned(lua_State *L, const chunk_use_t *use, void *context)
{
  (void)context;
  if (!use->assigned)
    return;
  lua_pushboolean(L, 1);
  lua_setfield(L, -2, use->name);
}

/* Whether a table at a stack index has such a key. [-0, +0] */
static bool unknown_names__has(lua_State *L, int table, const char *name)
{
  lua_pushvalue(L, table);
  lua_pushstring(L, name);
  bool found = lua_rawget(L, -2) != LUA_TNIL;
  lua_pop(L, 2);
  return found;
}

/* Those names lie below the table of the language's own. */
static void unknown_names__diagnose(lua_State *L, const chunk_use_t *use, void *context)
{
  (void)context;
  if (use->assigned || unknown_names__has(L, -1, use->name) || unknown_names__has(L, -2, use->name))
    return;
  unknown_name_push(L, use->name);
  mistake_diagnose(L, chunk_line(use));
}

void unknown_names_find(void *context, lua_State *L)
{
  (void)context;
  lua_newtable(L);
  chunk_visit(L, -2, unknown_names__collect_assigned, NULL);
  sandbox_push_names(L);
  chunk_visit(L, -3, unknown_names__diagnose, NULL);
  lua_pop(L, 2);
}

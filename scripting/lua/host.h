/*
 * host.h - what the engine's Lua has that a stock one has not. Included before everything else in each file
 * of Lua (cmake/Lua.cmake), and by the engine's own files that use it; the patches call what is declared
 * here. README.md says why each part is there.
 */
#ifndef SOCKWARDEN_LUA_HOST_H
#define SOCKWARDEN_LUA_HOST_H

#include <stdint.h>

struct lua_State;

/* In the extra space in front of the (only) lua_State of a universe (patch 01). */
typedef struct luai_host {
  int64_t budget;    /* budget.h */
  int memory_line;   /* budget.h */
  int unfolded;      /* named_numbers.h: luai_allfolded */
  const void *names; /* named_numbers.h: a table, or NULL */
} luai_host_t;

#define LUAI_HOSTSPACE sizeof(luai_host_t)
#define luai_host(L)   ((luai_host_t *)lua_getextraspace(L))

/* A bit of a table's flags that Lua leaves alone. The program's assignments then go to __newindex even where
 * the field is there; reading is as fast as ever. lua_rawset still writes. */
#define LUAI_READONLY    (1 << 6)
#define luai_maywrite(t) (!(hvalue(t)->flags & LUAI_READONLY))

#include "budget.h"
#include "c_library.h"
#include "call.h"
#include "named_numbers.h"

#endif

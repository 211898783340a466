/*
 * load_hooks.h - how tools look on while policies are loaded: the linter into what was compiled, coverage
 * into what runs. The provider hangs none in, so neither is in it.
 */
#ifndef SOCKWARDEN_LOAD_HOOKS_H
#define SOCKWARDEN_LOAD_HOOKS_H

#include "script.h"

/* Called on the thread that loads. A NULL member is not called. */
typedef struct load_hooks {
  void *context;

  /* A state was made; no policy is in it yet. Outside of script_run. */
  void (*opened)(void *context, script_t *script);

  /* A file was compiled: its function is on the top of the stack and has not run. Inside script_run. [-0, +0]
   */
  void (*compiled)(void *context, lua_State *L);

  /* A rule or an on_socket function was registered. */
  void (*registered)(void *context, const char *file, int32_t line, bool function);
} load_hooks_t;

#endif

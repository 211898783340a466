#include "builtin.h"

static builtin_t functions;

static BOOL CALLBACK load(PINIT_ONCE once, PVOID parameter, PVOID *context)
{
  (void)once;
  (void)parameter;
  HMODULE module = LoadLibraryW(BUILTIN_PATH);
  if (module == NULL)
    return FALSE;
#define BUILTIN_LOAD(name)                                                                                   \
  functions.name = (__typeof__(name) *)(void (*)(void))GetProcAddress(module, #name);                        \
  if (!functions.name)                                                                                       \
    return FALSE;
  BUILTIN_FUNCTIONS(BUILTIN_LOAD)
#undef BUILTIN_LOAD
  *context = &functions;
  return TRUE;
}

const builtin_t *builtin(void)
{
  static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
  void *loaded = NULL;

  if (!InitOnceExecuteOnce(&once, load, NULL, &loaded))
    return NULL;
  return loaded;
}

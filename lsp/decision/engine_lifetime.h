/*
 * engine_lifetime.h - the process's policy engine: made by the first decision, not by WSPStartup, which runs
 * under ws2_32's catalog lock; freed by the last WSPCleanup, for ws2_32 may unload the DLL right after that
 * and DllMain must not free anything.
 */
#ifndef SOCKWARDEN_LSP_ENGINE_LIFETIME_H
#define SOCKWARDEN_LSP_ENGINE_LIFETIME_H

#include "winsock.h"

struct engine; /* policy_host.h */

/* Between these two the engine stays, though the provider be ended meanwhile. No lock. */
typedef volatile LONG *engine_use_t;
engine_use_t engine_enter(void);
void engine_leave(engine_use_t use);

/* The engine, made where there is none; NULL where memory is short. Only after engine_enter. */
struct engine *engine_acquire(void);

/* What engine_detach takes out of use. */
typedef struct engine_rest {
  struct engine *engine;
  DWORD tls;
} engine_rest_t;

/* At the first start and after the last end, under the startup lock: they allocate a TLS index, exchange
 * pointers and call nothing else. An engine that a thread is still inside is kept for the next start. */
void engine_attach(void);
void engine_detach(engine_rest_t *rest);

/* Free what was detached, and close the logs. Not under a lock. */
void engine_free(engine_rest_t *rest);

#endif

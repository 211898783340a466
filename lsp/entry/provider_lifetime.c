#include "provider_lifetime.h"

#include "dll_main.h"
#include "engine_lifetime.h"
#include "startup_lock.h"

static LONG users; /* starts that succeeded, and those under way */

static void provider_lifetime__enter(void)
{
  startup_lock();
  if (users++ == 0)
    engine_attach();
  startup_unlock();
}

/* One user fewer, who may be one whose start failed. */
static void provider_lifetime__leave(void)
{
  chain_instance_rest_t rest;
  engine_rest_t engine;

  startup_lock();
  bool last = --users == 0;
  if (last) {
    chain_instance_detach(&rest);
    engine_detach(&engine);
  }
  startup_unlock();
  if (last) {
    chain_instance_close(&rest);
    engine_free(&engine);
  }
}

INT provider_lifetime_start(const WSAPROTOCOL_INFOW *info, const WSPUPCALLTABLE *upcalls,
                            chain_instance_t **instance)
{
  provider_lifetime__enter();
  INT error = chain_instance_start(info, upcalls, instance);
  if (error != 0)
    provider_lifetime__leave();
  return error;
}

int provider_lifetime_cleanup(chain_instance_t *instance, LPINT lpErrno)
{
  if (dll_process_exiting())
    return 0;
  if (!chain_instance_stop(instance)) {
    if (lpErrno != NULL)
      *lpErrno = WSANOTINITIALISED;
    return SOCKET_ERROR;
  }
  provider_lifetime__leave();
  return 0;
}

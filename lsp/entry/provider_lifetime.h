/*
 * provider_lifetime.h - the first and the last user of the provider.
 *
 * What is process-wide (the catalog snapshot, the upcall table, the policy engine, starts of our own) lives
 * from the first WSPStartup to the last WSPCleanup, after which the DLL may be unloaded or started again.
 */
#ifndef SOCKWARDEN_LSP_PROVIDER_LIFETIME_H
#define SOCKWARDEN_LSP_PROVIDER_LIFETIME_H

#include "chain_instance.h"

/* WSPStartup's work: one user more, and the chain of `info` started (chain_instance_start). Returns 0 and
 * *instance, or a WSAE* code with everything undone. Calls foreign code. */
INT provider_lifetime_start(const WSAPROTOCOL_INFOW *info, const WSPUPCALLTABLE *upcalls,
                            chain_instance_t **instance);

/* WSPCleanup: one user fewer; the last one takes everything along. SOCKET_ERROR and WSANOTINITIALISED where
 * the instance was not started. While the process ends nothing is touched: its other threads are gone,
 * perhaps inside a lock or the heap. Calls foreign code. */
int provider_lifetime_cleanup(chain_instance_t *instance, LPINT lpErrno);

#endif

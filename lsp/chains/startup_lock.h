/*
 * startup_lock.h - the one lock of the provider: it guards the bookkeeping of starts and ends.
 *
 * Held for a few instructions at a time and never across a call out of this DLL: WPUModifyIFSHandle may call
 * WSPStartup on the same thread, and WSPStartup runs under ws2_32's catalog lock. It needs no initialising,
 * which DllMain must not do, and exists on every Windows, unlike SRW locks.
 */
#ifndef SOCKWARDEN_LSP_STARTUP_LOCK_H
#define SOCKWARDEN_LSP_STARTUP_LOCK_H

void startup_lock(void);
void startup_unlock(void);

#endif

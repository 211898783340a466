/*
 * loopback_child.h - whether sockets work in a process that starts now, and so sees the catalogs as they are
 * now.
 */
#ifndef SOCKWARDEN_INSTALLER_LOOPBACK_CHILD_H
#define SOCKWARDEN_INSTALLER_LOOPBACK_CHILD_H

#include "loopback.h"

/* Lets a new process of this program try all (`sockwarden verify --loopback`), for a minute at most. False
 * where it does not start or ends without an answer. */
bool loopback_child_run(loopback_result_t results[LOOPBACKS]);

/* Whether what worked before works now, and through us where `through`; what did not work need not. */
bool loopback_child_kept(loopback_result_t before, loopback_result_t now, bool through);

#endif

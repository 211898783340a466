/*
 * sockets.h - whether a change of the catalogs broke sockets.
 */
#ifndef SOCKWARDEN_INSTALLER_SOCKETS_H
#define SOCKWARDEN_INSTALLER_SOCKETS_H

#include "loopback_child.h"

/* Whether what worked before works now, and through Sockwarden where `through` (loopback_child_kept). What
 * does not is printed. */
bool sockets_still_work(const loopback_result_t before[LOOPBACKS], const loopback_result_t now[LOOPBACKS],
                        bool through);

#endif

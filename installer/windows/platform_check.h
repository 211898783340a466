/*
 * machine.h - whether this is a machine, and this a user, that an installation can begin on.
 */
#ifndef SOCKWARDEN_INSTALLER_MACHINE_H
#define SOCKWARDEN_INSTALLER_MACHINE_H

#include <stdbool.h>

/* NULL, or why the catalog commands refuse this machine: a sentence with what to do. Static text. */
const char *machine_refusal(void);

/* Whether this process may change the machine. */
bool machine_elevated(void);

/* Whether this Windows has a 32-bit catalog beside ours. */
bool machine_has_two_catalogs(void);

#endif

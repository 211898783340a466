/*
 * platform_check.h - whether this machine, and this user, can change the catalogs. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_PLATFORM_CHECK_H
#define SOCKWARDEN_INSTALLER_PLATFORM_CHECK_H

#include <stdbool.h>

/* NULL, or why this command refuses this machine: sentences with what to do, without the last one's full
 * stop. Static text. */
const char *platform_check_refusal(void);

/* Whether this process may change the machine. */
bool platform_check_elevated(void);

/* Whether this Windows has a 32-bit catalog beside the native one. */
bool platform_check_has_two_catalogs(void);

#endif

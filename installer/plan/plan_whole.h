/*
 * plan_whole.h - whether an installation has nothing to do. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_PLAN_WHOLE_H
#define SOCKWARDEN_INSTALLER_PLAN_WHOLE_H

#include "machine_catalogs.h"

/* Whether the layer is whole in every view and in the right place: one hidden entry, a sound chain of ours
 * for every kind of socket, all under this DLL, and what programs get runs through them. */
bool plan_is_whole(const machine_catalogs_t *now, const char *dll_path);

#endif

/*
 * setup_catalogs.h - reading and changing the catalogs, with what fails printed.
 */
#ifndef SOCKWARDEN_INSTALLER_SETUP_CATALOGS_H
#define SOCKWARDEN_INSTALLER_SETUP_CATALOGS_H

#include "plan_failure.h"

/* As winsock_read; false: printed. */
bool setup_catalogs_read(machine_catalogs_t *catalogs);

/* plan_install with our DLL and new GUIDs. */
plan_status_t setup_catalogs_plan_install(const machine_catalogs_t *now, plan_t *plan,
                                          plan_failure_t *failure);

/* Makes a plan from the catalogs as they are and carries it out. False where one of these fails: printed. */
bool setup_catalogs_change(plan_status_t (*make)(const machine_catalogs_t *now, plan_t *plan,
                                                 plan_failure_t *failure));

/* Brings the catalogs to a snapshot's state, and reads back that they are there. False: printed. */
bool setup_catalogs_restore(const machine_catalogs_t *then);

#endif

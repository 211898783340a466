/*
 * plan_simulate.h - what edits make of the catalogs: what tests, and apply.c after every call, expect. Any
 * thread.
 */
#ifndef SOCKWARDEN_INSTALLER_PLAN_SIMULATE_H
#define SOCKWARDEN_INSTALLER_PLAN_SIMULATE_H

#include "plan.h"

/*
 * Carries out an edit of the plan on the catalogs. New entries get ids from *next_id on, as ws2_32 gives
 * them: equal ones in both views. False where WSC* would refuse the edit, or memory is short.
 */
bool plan_simulate(const plan_t *plan, const edit_t *edit, machine_catalogs_t *catalogs, uint32_t *next_id);

/* Carries out all edits of the plan from the one at `from` on. False as plan_simulate. */
bool plan_simulate_all(const plan_t *plan, size_t from, machine_catalogs_t *catalogs, uint32_t *next_id);

/* An id that no entry has, nor any with a higher one. */
uint32_t plan_next_id(const machine_catalogs_t *catalogs);

#endif

/*
 * plan_failure.h - why a plan could not be made. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_PLAN_FAILURE_H
#define SOCKWARDEN_INSTALLER_PLAN_FAILURE_H

#include "plan.h"

typedef enum plan_status {
  PLAN_OK,
  PLAN_NO_MEMORY,
  PLAN_NOTHING_TO_COVER, /* the catalog serves no kind of socket that we cover */
  PLAN_CHAIN_FULL,       /* another vendor's chain has no room for one more layer */
  PLAN_DAMAGED,          /* a chain we would sit over is damaged: repair comes first */
  PLAN_IMPOSSIBLE        /* no sequence of calls leads there; the text says why */
} plan_status_t;

/* For people: what is in the way and what to do, sentences without the last one's full stop. "" where nothing
 * is. */
enum { PLAN_TEXT = 512 };
typedef struct plan_failure {
  char text[PLAN_TEXT];
} plan_failure_t;

/* Sets the text and returns `status`. */
plan_status_t plan_fail(plan_failure_t *failure, plan_status_t status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* PLAN_IMPOSSIBLE where the entry, or any of the catalog, has another one's id: no call could name it. */
plan_status_t plan_check_id(const catalog_model_t *catalog, const catalog_model_entry_t *entry,
                            plan_failure_t *failure);
plan_status_t plan_check_ids(const catalog_model_t *catalog, plan_failure_t *failure);

/* Ends the making of a plan: one that failed is freed and has a reason in words. Returns `status`. */
plan_status_t plan_finish(plan_t *plan, plan_status_t status, plan_failure_t *failure);

#endif

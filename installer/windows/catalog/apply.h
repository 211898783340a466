/*
 * apply.h - carrying a plan out. After every call the catalogs are read back and compared with what the plan
 * expects: a return code alone is not believed.
 */
#ifndef SOCKWARDEN_INSTALLER_APPLY_H
#define SOCKWARDEN_INSTALLER_APPLY_H

#include <stdbool.h>

#include "error_names.h"
#include "plan.h"

enum { APPLY_TEXT = 512 };
typedef struct apply_failure {
  call_failure_t call;
  char edit[APPLY_TEXT]; /* the edit that it was for, in words; "" where it was for none */
} apply_failure_t;

/* Carries the edits out in order; an edit that changes nothing any more is skipped. False where one did not
 * take effect, and nothing after it was tried. */
bool apply_plan(const plan_t *plan, apply_failure_t *failure);

#endif

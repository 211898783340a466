/*
 * apply.h - carrying a plan out. After every call the catalogs are read back and compared with what the plan
 * expects: a return code alone is not believed.
 */
#ifndef SOCKWARDEN_INSTALLER_APPLY_H
#define SOCKWARDEN_INSTALLER_APPLY_H

#include "plan.h"

/* Carries the edits out in order; an edit that changes nothing any more is passed over. True where all took
 * effect; else the first failure was told on stderr, and nothing after it was tried. `calls`, where not NULL,
 * counts the calls. */
bool apply_plan(const plan_t *plan, size_t *calls);

#endif

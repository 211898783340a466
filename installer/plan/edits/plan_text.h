/*
 * plan_text.h - edits in words. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_PLAN_TEXT_H
#define SOCKWARDEN_INSTALLER_PLAN_TEXT_H

#include "plan.h"

/* One line for people, without its end: "64-bit: remove "NAME"". `now` are the catalogs before the edit. Cut
 * to fit. */
void plan_edit_text(const plan_t *plan, const machine_catalogs_t *now, const edit_t *edit, char *text,
                    size_t size);

#endif

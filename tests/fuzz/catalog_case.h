/*
 * catalog_case.h - protocol catalogs made from bytes: a Windows with other vendors' layers and ours, whole or
 * half, sane or damaged.
 */
#ifndef SOCKWARDEN_FUZZ_CATALOG_CASE_H
#define SOCKWARDEN_FUZZ_CATALOG_CASE_H

#include "bytes.h"
#include "plan_install.h"

#define CASE_OUR_DLL "%SystemRoot%\\system32\\sockwarden.dll"

/* What plan_install is told. */
const plan_options_t *catalog_case_options(void);

typedef enum catalog_state {
  CATALOG_SANE,   /* every entry is as an installer would have left it */
  CATALOG_ODD,    /* layers that cover some kinds only, halves of ours, another order */
  CATALOG_DAMAGED /* anything */
} catalog_state_t;

/* The caller frees the catalogs. */
machine_catalogs_t catalog_case_make(bytes_t *bytes, catalog_state_t *state);

#endif

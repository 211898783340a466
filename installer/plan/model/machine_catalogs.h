/*
 * machine_catalogs.h - all protocol catalogs of a machine. 64-bit Windows has two, whose ids drift apart;
 * 32-bit Windows has one. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_MACHINE_CATALOGS_H
#define SOCKWARDEN_INSTALLER_MACHINE_CATALOGS_H

#include "catalog_model.h"

/* A view is which of them: the one of Windows' own bitness, and the 32-bit one beside it. */
enum { VIEW_NATIVE, VIEW_WOW, VIEWS };

typedef struct machine_catalogs {
  catalog_model_t view[VIEWS];
  size_t views; /* 1 or 2 */
} machine_catalogs_t;

/* "64-bit", "32-bit": what people call a view. Static text. */
const char *machine_catalogs_view_name(const machine_catalogs_t *catalogs, size_t view);

/* Makes *to, which the caller frees, from nothing. False where memory is short; *to is empty then. */
bool machine_catalogs_copy(const machine_catalogs_t *from, machine_catalogs_t *to);

/* Whether all views hold equal entries in the same order (catalog_model_entry_equal). */
bool machine_catalogs_equal(const machine_catalogs_t *a, const machine_catalogs_t *b);

/* Frees the entries of every view. */
void machine_catalogs_free(machine_catalogs_t *catalogs);

#endif

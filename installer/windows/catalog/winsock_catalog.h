/*
 * winsock_catalog.h - the machine's catalogs through ws2_32, and the calls that change them. What newer or
 * older Windows lack is found at run time.
 */
#ifndef SOCKWARDEN_INSTALLER_WINSOCK_CATALOG_H
#define SOCKWARDEN_INSTALLER_WINSOCK_CATALOG_H

#include "plan.h"

/* Reads the catalogs afresh: 0 or the error, told on stderr. The caller frees them. Any user may. */
int winsock_read(catalogs_t *catalogs);

/*
 * Carries out one edit whose ids are resolved (apply.c): 0 or the error of the call, whose name *call
 * receives. Believes the return code: the caller reads the catalog back. `now` are the catalogs as last read.
 */
int winsock_edit(const edit_t *edit, const catalogs_t *now, const char **call);

/* The category of a layer in a view: 0 or the error. */
int winsock_category(size_t view, const catalog_guid_t *guid, uint32_t *categories);
#define WINSOCK_OUR_CATEGORY UINT32_C(0x00000009) /* LSP_FIREWALL | LSP_INSPECTOR */

/* WSCSetApplicationCategory and its reading back; `path` is UTF-16. 0 or the error. */
int winsock_exclude(const uint16_t *path, uint32_t category, uint32_t *before, uint32_t *after,
                    const char **call);

#endif

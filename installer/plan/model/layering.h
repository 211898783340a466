/*
 * layering.h - how the protocol chains of layers, ours and others', run through a catalog. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_LAYERING_H
#define SOCKWARDEN_INSTALLER_LAYERING_H

#include "catalog_model.h"

/* What can be wrong with an entry's chain. */
typedef enum layering_chain {
  CHAIN_SOUND,
  CHAIN_BAD_LENGTH, /* negative, or longer than the array */
  CHAIN_DANGLING,   /* names an id that is not in the catalog */
  CHAIN_BASELESS    /* does not end with a base provider's entry */
} layering_chain_t;
/* `id`, where not NULL, receives the missing id of a dangling chain. Base and hidden entries are sound. */
layering_chain_t layering_check_chain(const catalog_model_t *catalog, const catalog_model_info_t *info,
                                      uint32_t *id);

/* Whether one of our entries is in the chain of that entry, or the entry is a chain of ours. Base and hidden
 * entries have no chain: false. */
bool layering_through_us(const catalog_model_t *catalog, const catalog_model_entry_t *entry);

/*
 * The index in the chain of the lowest layer without IFS handles, or -1. An IFS layer belongs beneath it
 * (docs/winsock-notes.md 4). A chain that itself claims IFS handles has none: it could not claim them.
 */
int layering_lowest_non_ifs(const catalog_model_t *catalog, const catalog_model_info_t *info);

/* Whether a chain of ours lies over a chain without IFS handles: ours could not claim them either. */
bool layering_over_non_ifs(const catalog_model_t *catalog, const catalog_model_info_t *info);

/*
 * The chain of someone else's entry without us: in the place of a chain of ours, what that chain has of
 * others; our hidden entry goes; what would be there twice is there once. With `missing`, links to ids that
 * do not exist go too. Returns whether anything changed; *info is changed only then, and only where what is
 * left is a sound chain.
 */
bool layering_without_us(const catalog_model_t *catalog, catalog_model_info_t *info, bool missing);

#endif

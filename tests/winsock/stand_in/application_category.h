/* LSP categories: which layers a categorised application loads (Microsoft, "Categorizing Layered Service
 * Providers and Applications"). */
#ifndef SOCKWARDEN_TESTS_APPLICATION_CATEGORY_H
#define SOCKWARDEN_TESTS_APPLICATION_CATEGORY_H

#include "catalog.h"

/* Takes the chains out of `catalog` whose layer this program may not load, as ws2_32 does at the first
 * WSAStartup. Changes nothing for a program without a category. */
void application_category_filter(catalog_t *catalog);

#endif

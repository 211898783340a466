/* The categories a layer was given by WSCSetProviderInfo. */
#ifndef SOCKWARDEN_TESTS_PROVIDER_CATEGORY_H
#define SOCKWARDEN_TESTS_PROVIDER_CATEGORY_H

#include "catalog.h"

/* LSP_* bits; 0 where none were set ("If an LSP is not categorized, its category is effectively zero"). */
DWORD provider_category(catalog_view_t view, const GUID *provider);

/* The provider is gone: so is its category. */
void provider_category_forget(catalog_view_t view, const GUID *provider);

#endif

/*
 * folder_listing.h - the policy folder from outside: which of its files count, and whether they look as
 * before.
 */
#ifndef SOCKWARDEN_FOLDER_LISTING_H
#define SOCKWARDEN_FOLDER_LISTING_H

#include "platform.h"
#include "policy.h"

/* `*.lua`; `*_test.lua` files are tests and never loaded (docs/policy-tools.md, "test"). */
bool folder_listing_is_policy(const char *name);
bool folder_listing_is_test(const char *name);

/* Names, sizes and time stamps of the policies listed, whatever the order; starts zeroed. */
typedef struct folder_listing {
  uint64_t value;
  uint64_t newest; /* time stamp */
} folder_listing_t;

/* For platform_list_folder, with a folder_listing_t. */
bool folder_listing_add(void *listing, const platform_entry_t *entry);

/*
 * What the folder looks like from outside: changes whenever a policy file comes, goes or is written.
 * `settled` is false as long as a file is so young that another write could leave the same time stamp.
 */
typedef struct folder_signature {
  platform_status_t status;
  uint64_t value;
  bool settled;
} folder_signature_t;

/* An empty path is an empty folder. */
folder_signature_t folder_listing_look(const char *path, policy_protection_t protection);

#endif

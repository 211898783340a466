#include "folder_listing.h"

#include <string.h>

#include "fnv.h"
#include "text_match.h"

static bool folder_listing__ends_with(const char *name, const char *end)
{
  size_t length = strlen(name), tail = strlen(end);

  return length >= tail && text_same(name + length - tail, end);
}

bool folder_listing_is_test(const char *name)
{
  return folder_listing__ends_with(name, "_test.lua");
}

bool folder_listing_is_policy(const char *name)
{
  return folder_listing__ends_with(name, ".lua") && !folder_listing_is_test(name);
}

bool folder_listing_add(void *context, const platform_entry_t *entry)
{
  folder_listing_t *listing = context;

  if (!folder_listing_is_policy(entry->name))
    return true;
  uint64_t hash = fnv_add(FNV_START, entry->name, strlen(entry->name) + 1);
  hash = fnv_add(hash, &entry->size, sizeof entry->size);
  hash = fnv_add(hash, &entry->modified, sizeof entry->modified);
  listing->value += hash; /* a sum: folders are listed in no order */
  if (entry->modified > listing->newest)
    listing->newest = entry->modified;
  return true;
}

folder_signature_t folder_listing_look(const char *path, policy_protection_t protection)
{
  /* FAT stamps files to two seconds; nobody's stamps are coarser. */
  enum { COARSEST = 2 };
  folder_listing_t listing = {0};

  if (!path[0])
    return (folder_signature_t){PLATFORM_OK, 0, true};
  platform_status_t status = platform_list_folder(path, folder_listing_add, &listing);
  bool settled = listing.newest + COARSEST * PLATFORM_FILE_SECOND < platform_file_clock();
  return (folder_signature_t){status, listing.value + (uint64_t)protection, settled};
}

#include "folder_watch.h"

bool folder_watch_look(folder_watch_t *watch, const char *path, policy_protection_t protection,
                       uint64_t loaded, const memory_t *memory, folder_t **folder)
{
  folder_signature_t signature = folder_listing_look(path, protection);
  bool looks_same = watch->known && signature.status == watch->signature.status &&
                    signature.value == watch->signature.value && watch->signature.settled;

  *folder = looks_same ? NULL : folder_read(path, protection, memory);
  if (*folder == NULL)
    return false;
  const uint64_t before = watch->known ? watch->hash : loaded;
  watch->signature = signature;
  if (!folder_readable(*folder))
    watch->signature.settled = false; /* rights that are put right leave no other trace */
  watch->hash = folder_hash(*folder);
  watch->known = true;
  return watch->hash != before;
}

void folder_watch_forget(folder_watch_t *watch)
{
  watch->known = false;
}

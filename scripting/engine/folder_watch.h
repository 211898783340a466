/*
 * folder_watch.h - whether the policy folder holds other files than before. One thread at a time.
 */
#ifndef SOCKWARDEN_FOLDER_WATCH_H
#define SOCKWARDEN_FOLDER_WATCH_H

#include "folder.h"

/* Starts zeroed. */
typedef struct folder_watch {
  folder_signature_t signature;
  uint64_t hash;
  bool known; /* the two above mean something */
} folder_watch_t;

/*
 * Whether the folder holds other files than when it was last looked at, or at first, than those with the hash
 * `loaded`. *folder receives the folder as it was read, which the caller releases; NULL where it did not have
 * to be read, or where memory is short (the next look tries again).
 */
bool folder_watch_look(folder_watch_t *watch, const char *path, policy_protection_t protection,
                       uint64_t loaded, const memory_t *memory, folder_t **folder);

/* What was seen was not taken up: the next look is to see it again. */
void folder_watch_forget(folder_watch_t *watch);

#endif

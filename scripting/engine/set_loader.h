/*
 * set_loader.h - how an engine comes to its policy sets: from the host's settings and the folder they name.
 * Any thread.
 */
#ifndef SOCKWARDEN_SET_LOADER_H
#define SOCKWARDEN_SET_LOADER_H

#include <stdatomic.h>

#include "load_hooks.h"
#include "policy_set.h"

typedef struct set_loader {
  policy_host_t host;
  memory_t memory;
  load_hooks_t hooks;
  atomic_uint generations; /* handed out */
  atomic_bool unpruned;    /* sets keep what does not concern the process: policy_explain was called */
  atomic_int on_error;     /* of the settings last read, for when there is no set */
} set_loader_t;

/* On zeroed memory. */
void set_loader_open(set_loader_t *loader, const policy_host_t *host);

/* The settings now in force, in a block of loader->memory that the caller frees. NULL where memory is short.
 */
policy_settings_t *set_loader_read_settings(set_loader_t *loader);

/* Where the policies are read from: nowhere ("") as long as the layer is switched off. */
const char *set_loader_folder_path(const policy_settings_t *settings);

/* Build a set from a folder. `first`: no earlier set stands (policy_set_plan_t). NULL where memory is short.
 */
policy_set_t *set_loader_build(set_loader_t *loader, const policy_settings_t *settings, folder_t *folder,
                               bool first);

/* Whether set_loader_build would build another set from the same files. */
bool set_loader_would_differ(set_loader_t *loader, const policy_settings_t *settings,
                             const policy_set_t *set);

#endif

/*
 * machine_health.h - Sockwarden in this machine's catalogs: what each kind of socket goes through, the DLLs,
 * who else is layered, and what is wrong. Plain data for those who print it.
 */
#ifndef SOCKWARDEN_CLI_MACHINE_HEALTH_H
#define SOCKWARDEN_CLI_MACHINE_HEALTH_H

#include "catalog_text.h"
#include "health.h"
#include "install_paths.h"
#include "socket_kind.h"

/* A kind of socket, and the catalog entries that its calls go through, from the top. A chain of Sockwarden
 * that another layer names is a link of its own. */
typedef struct machine_kind {
  char name[SOCKET_KIND_TEXT]; /* "TCP over IPv4" */
  char chain[CHAIN_MAX][CATALOG_NAME_CHARS];
  int length;
  int position; /* of Sockwarden in the chain; -1: not in it */
} machine_kind_t;

/* Another vendor's layer. */
typedef struct machine_layer {
  char name[CATALOG_NAME_CHARS];
  char dll[CATALOG_TEXT_PATH];
  bool dll_exists;
  bool ifs; /* it says that its handles are those of files */
} machine_layer_t;

typedef struct machine_catalog {
  const char *name; /* "64-bit" */
  health_presence_t presence;
  machine_kind_t kinds[SOCKET_KINDS_MAX];
  size_t kind_count;
  char dll[INSTALL_PATH_TEXT]; /* where Sockwarden's is to be */
  bool dll_exists;
  char dll_version[32]; /* "" where it is unknown */
  machine_layer_t *layers;
  size_t layer_count;
} machine_catalog_t;

typedef struct machine_problem {
  const char *kind;          /* "dangling-chain": docs/administration.md, Watch */
  const char *catalog;       /* "64-bit"; NULL where it is about the machine */
  char message[HEALTH_TEXT]; /* a sentence without its full stop, as is the advice */
  const char *advice;
} machine_problem_t;

typedef struct machine_health {
  health_presence_t presence; /* in all catalogs */
  machine_catalog_t catalogs[VIEWS];
  size_t catalog_count;
  machine_problem_t *problems;
  size_t problem_count;
} machine_health_t;

/* "no", "partly", "yes": whether it is installed. Static text. */
const char *machine_health_presence_name(health_presence_t presence);

/* Read the catalogs and the installer's journal, and examine them. Any user may. NULL where that is not
 * possible: the reason is then reported on stderr. The caller frees it with machine_health_free. */
machine_health_t *machine_health_read(void);
void machine_health_free(machine_health_t *health);

#endif

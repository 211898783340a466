/*
 * health.h - what is wrong with the catalogs, and what to do about it. The catalogs are all it looks at. Any
 * thread.
 */
#ifndef SOCKWARDEN_INSTALLER_HEALTH_H
#define SOCKWARDEN_INSTALLER_HEALTH_H

#include "machine_catalogs.h"

typedef enum health_kind {
  HEALTH_DANGLING,      /* a chain names an id that does not exist */
  HEALTH_BAD_CHAIN,     /* a chain of impossible length, or without a base provider at its end */
  HEALTH_DLL_MISSING,   /* an entry's DLL is not there: sockets of that kind cannot be made */
  HEALTH_NOT_FIRST,     /* programs get an entry that does not run through Sockwarden */
  HEALTH_ABOVE_NON_IFS, /* a chain of Sockwarden lies over a layer without IFS handles */
  HEALTH_NOT_COVERED,   /* a kind of socket has no chain of Sockwarden */
  HEALTH_ONE_CATALOG,   /* Sockwarden is in one of two catalogs only */
  HEALTH_DUPLICATE,     /* an id twice; two hidden entries of Sockwarden; two chains of it for one kind */
  HEALTH_INCOMPLETE,    /* chains of Sockwarden without its hidden entry, or the other way round */
  HEALTH_KINDS
} health_kind_t;

/* "dangling-chain", ... for `--json`: these words never change. Static text. */
const char *health_kind_name(health_kind_t kind);

/* What to do: sentences without the last one's full stop. Static text. */
const char *health_advice(health_kind_t kind);

enum { HEALTH_TEXT = 640 };
typedef struct health_problem {
  health_kind_t kind;
  size_t view;            /* the catalog it is in */
  char text[HEALTH_TEXT]; /* what and where: a sentence without its full stop and without the advice */
} health_problem_t;

/* Hands each problem to `visit` once, which may be NULL; returns how many there are. The problem is the
 * visitor's for the time of the call. */
size_t health_check(const machine_catalogs_t *catalogs,
                    void (*visit)(void *context, const health_problem_t *problem), void *context);

/* How much of Sockwarden is in a catalog: whole where its hidden entry and a chain for every kind are there,
 * wherever they stand. */
typedef enum health_presence { PRESENCE_NONE, PRESENCE_PARTLY, PRESENCE_WHOLE } health_presence_t;
health_presence_t health_presence(const catalog_model_t *catalog);

/* Whether anything of Sockwarden is in any of the catalogs. */
bool health_any_presence(const machine_catalogs_t *catalogs);

#endif

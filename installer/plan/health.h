/*
 * health.h - what is wrong with the catalogs, and what to do about it. Pure: the catalogs are all it looks
 * at.
 */
#ifndef SOCKWARDEN_INSTALLER_HEALTH_H
#define SOCKWARDEN_INSTALLER_HEALTH_H

#include "catalog_model.h"

typedef enum health_kind {
  HEALTH_DANGLING,      /* a chain names an id that does not exist */
  HEALTH_BAD_CHAIN,     /* a chain of impossible length, or without a base provider at its end */
  HEALTH_DLL_MISSING,   /* an entry's DLL is not there: sockets of that kind cannot be made */
  HEALTH_NOT_FIRST,     /* programs get an entry that does not run through us */
  HEALTH_ABOVE_NON_IFS, /* a chain of ours lies over a layer without IFS handles */
  HEALTH_NOT_COVERED,   /* a kind of socket has no chain of ours */
  HEALTH_ONE_BITNESS,   /* we are in one of two catalogs only */
  HEALTH_DUPLICATE,     /* an id twice; two hidden entries of ours; two chains of ours for one kind */
  HEALTH_REMAINS,       /* chains of ours without our hidden entry, or the other way round */
  HEALTH_KINDS
} health_kind_t;

/* "dangling chain", ... for `--json` and tests: stable words. */
const char *health_kind_name(health_kind_t kind);

/* What to do, a sentence. */
const char *health_advice(health_kind_t kind);

enum { HEALTH_TEXT = 640 };
typedef struct health_problem {
  health_kind_t kind;
  size_t view;
  char text[HEALTH_TEXT]; /* what and where, a sentence without the advice */
} health_problem_t;

/* Each of the `visit`ed problems is told once; returns how many there are. `visit` may be NULL. */
size_t health_check(const catalogs_t *catalogs, void (*visit)(void *context, const health_problem_t *problem),
                    void *context);

/* How much of us is there. */
typedef enum health_presence { PRESENCE_NONE, PRESENCE_PARTLY, PRESENCE_WHOLE } health_presence_t;

/* Whether we are in that view: whole where the hidden entry and a chain for every kind are there, wherever
 * they stand. */
health_presence_t health_presence(const catalog_t *catalog);

#endif

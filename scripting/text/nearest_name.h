/*
 * nearest_name.h - which of several names a misspelt one was meant to be. Pure; any thread.
 */
#ifndef SOCKWARDEN_NEAREST_NAME_H
#define SOCKWARDEN_NEAREST_NAME_H

#include <stdbool.h>

/* A search under way. Texts are borrowed. */
typedef struct nearest_name {
  const char *misspelt;
  const char *name; /* the nearest so far; NULL where none is near */
  int distance;     /* how many letters it is away */
} nearest_name_t;

/* Begin a search. */
nearest_name_t nearest_name_to(const char *misspelt);

/* Take a name into account. True where it is now the nearest: of names that are equally near, the first is.
 */
bool nearest_name_offer(nearest_name_t *nearest, const char *name);

#endif

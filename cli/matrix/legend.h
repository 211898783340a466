/*
 * legend.h - the rules and functions that decide, by number: a table has room for the numbers alone.
 */
#ifndef SOCKWARDEN_LEGEND_H
#define SOCKWARDEN_LEGEND_H

#include <stddef.h>

#include "policy.h"

/* All zero to begin with. */
typedef struct legend {
  const policy_verdict_t **deciders;
  size_t count, room;
} legend_t;

/* The number, from 1, of what decided; the verdict is borrowed. 0 where memory is short. */
size_t legend_number(legend_t *legend, const policy_verdict_t *verdict);

/* Print all numbers, below an empty line and, where it is not NULL, the folder's name. */
void legend_print(const legend_t *legend, const char *folder);

void legend_free(legend_t *legend);

#endif

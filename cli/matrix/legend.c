#include "legend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t legend_number(legend_t *legend, const policy_verdict_t *verdict)
{
  for (size_t i = 0; i < legend->count; i++) {
    const policy_verdict_t *known = legend->deciders[i];

    if (known->line == verdict->line && strcmp(known->file, verdict->file) == 0 &&
        strcmp(known->rule, verdict->rule) == 0)
      return i + 1;
  }
  if (legend->count == legend->room) {
    size_t room = legend->room ? legend->room * 2 : 32;
    const policy_verdict_t **deciders = realloc(legend->deciders, room * sizeof *deciders);

    if (deciders == NULL)
      return 0;
    legend->deciders = deciders;
    legend->room = room;
  }
  legend->deciders[legend->count++] = verdict;
  return legend->count;
}

void legend_print(const legend_t *legend, const char *folder)
{
  if (legend->count && folder != NULL)
    printf("\nin %s:\n", folder);
  else if (legend->count)
    putchar('\n');
  for (size_t i = 0; i < legend->count; i++) {
    const policy_verdict_t *verdict = legend->deciders[i];

    printf("[%zu] %s:%d%s%s%s\n", i + 1, verdict->file, (int)verdict->line,
           verdict->rule[0] ? "  rule \"" : "", verdict->rule, verdict->rule[0] ? "\"" : "");
  }
}

void legend_free(legend_t *legend)
{
  free(legend->deciders);
}

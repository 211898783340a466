#include "machine_catalogs.h"

const char *machine_catalogs_view_name(const machine_catalogs_t *catalogs, size_t view)
{
  return catalogs->views == 1 || view == VIEW_WOW ? "32-bit" : "64-bit";
}

bool machine_catalogs_copy(const machine_catalogs_t *from, machine_catalogs_t *to)
{
  *to = (machine_catalogs_t){.views = from->views};
  for (size_t view = 0; view < from->views; view++)
    for (size_t i = 0; i < from->view[view].count; i++)
      if (!catalog_model_append(&to->view[view], &from->view[view].entries[i])) {
        machine_catalogs_free(to);
        return false;
      }
  return true;
}

bool machine_catalogs_equal(const machine_catalogs_t *a, const machine_catalogs_t *b)
{
  if (a->views != b->views)
    return false;
  for (size_t view = 0; view < a->views; view++) {
    if (a->view[view].count != b->view[view].count)
      return false;
    for (size_t i = 0; i < a->view[view].count; i++)
      if (!catalog_model_entry_equal(&a->view[view].entries[i], &b->view[view].entries[i]))
        return false;
  }
  return true;
}

void machine_catalogs_free(machine_catalogs_t *catalogs)
{
  for (size_t view = 0; view < VIEWS; view++)
    catalog_model_free(&catalogs->view[view]);
}

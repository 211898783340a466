#include "current_set.h"

typedef struct replaced {
  struct replaced *next;
  policy_set_t *set;
} replaced_t;

void current_set_open(current_set_t *current, const memory_t *memory)
{
  current->memory = *memory;
}

void current_set_close(current_set_t *current)
{
  policy_set_destroy(atomic_load(&current->set));
  while (current->replaced != NULL) {
    replaced_t *replaced = current->replaced;

    current->replaced = replaced->next;
    policy_set_destroy(replaced->set);
    memory_free(&current->memory, replaced);
  }
}

bool current_set_start(current_set_t *current, policy_set_t *set)
{
  policy_set_t *none = NULL;

  if (atomic_compare_exchange_strong(&current->set, &none, set))
    return true;
  policy_set_destroy(set);
  return false;
}

bool current_set_replace(current_set_t *current, policy_set_t *set)
{
  replaced_t *replaced = memory_new(&current->memory, sizeof *replaced);

  if (replaced == NULL) {
    policy_set_destroy(set);
    return false;
  }
  replaced->set = atomic_exchange(&current->set, set);
  replaced->next = current->replaced;
  current->replaced = replaced;
  return true;
}

void current_set_clean(current_set_t *current)
{
  for (replaced_t **link = &current->replaced; *link != NULL;) {
    replaced_t *replaced = *link;

    if (reader_slots_hold(&current->readers, replaced->set)) {
      link = &replaced->next;
      continue;
    }
    *link = replaced->next;
    policy_set_destroy(replaced->set);
    memory_free(&current->memory, replaced);
  }
}

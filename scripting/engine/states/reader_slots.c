#include "reader_slots.h"

bool reader_slots_hold(reader_slots_t *readers, const policy_set_t *set)
{
  for (size_t i = 0; i < READER_SLOTS; i++)
    if (atomic_load(&readers->slots[i].set) == set)
      return true;
  return false;
}

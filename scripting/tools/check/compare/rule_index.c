#include "rule_index.h"

/* Rules that name one protocol can cover only rules that name the same and no other: each is in the list of
 * its protocol's bucket. All others are in one list. */
enum { BUCKETS = 1024, ANY = BUCKETS, LISTS };

#define NONE UINT32_MAX

struct rule_index {
  memory_t memory;
  uint32_t first[LISTS], last[LISTS];
  struct entry {
    const rule_t *rule;
    uint32_t next; /* in its list */
  } entries[];     /* by number */
};

static size_t rule_index__list_of(const rule_t *rule)
{
  const number_set_t *protocol = rule->protocol;

  if (protocol == NULL || protocol->none_of || !protocol->count)
    return ANY;
  for (uint32_t i = 1; i < protocol->count; i++)
    if (protocol->values[i] != protocol->values[0])
      return ANY;
  return (uint32_t)protocol->values[0] % BUCKETS;
}

rule_index_t *rule_index_create(const memory_t *memory, size_t count)
{
  rule_index_t *index = memory_new(memory, sizeof *index + count * sizeof index->entries[0]);

  if (index == NULL)
    return NULL;
  index->memory = *memory;
  for (size_t i = 0; i < LISTS; i++)
    index->first[i] = index->last[i] = NONE;
  return index;
}

void rule_index_destroy(rule_index_t *index)
{
  if (index == NULL)
    return;
  memory_t memory = index->memory;
  memory_free(&memory, index);
}

void rule_index_add(rule_index_t *index, size_t number, const rule_t *rule)
{
  size_t list = rule_index__list_of(rule);

  index->entries[number] = (struct entry){rule, NONE};
  if (index->first[list] == NONE)
    index->first[list] = (uint32_t)number;
  else
    index->entries[index->last[list]].next = (uint32_t)number;
  index->last[list] = (uint32_t)number;
}

rule_cursor_t rule_index_start(const rule_index_t *index, const rule_t *covered)
{
  size_t list = rule_index__list_of(covered);

  return (rule_cursor_t){list == ANY ? NONE : index->first[list], index->first[ANY]};
}

const rule_t *rule_index_next(const rule_index_t *index, rule_cursor_t *cursor, size_t *number)
{
  uint32_t *nearer = cursor->own < cursor->any ? &cursor->own : &cursor->any; /* NONE is the largest */

  if (*nearer == NONE)
    return NULL;
  *number = *nearer;
  *nearer = index->entries[*number].next;
  return index->entries[*number].rule;
}

#include "match_cache.h"

match_t *match_cache_make(match_cache_t *cache, const memory_t *memory, size_t slot)
{
  cache->slots[slot] = memory_new(memory, MATCH_CACHE_SIZE * sizeof *cache->slots[slot]);
  return cache->slots[slot];
}

void match_cache_close(match_cache_t *cache, const memory_t *memory)
{
  for (size_t i = 0; i < READER_SLOTS; i++)
    memory_free(memory, cache->slots[i]);
}

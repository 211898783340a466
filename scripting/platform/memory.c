#include "memory.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

void *memory_resize(const memory_t *memory, void *block, size_t size)
{
  return memory->resize != NULL ? memory->resize(memory->context, block, size) : realloc(block, size);
}

void *memory_new(const memory_t *memory, size_t size)
{
  void *block = memory_resize(memory, NULL, size);

  if (block != NULL)
    memset(block, 0, size);
  return block;
}

void memory_free(const memory_t *memory, void *block)
{
  if (block == NULL)
    return;
  if (memory->resize != NULL)
    memory->resize(memory->context, block, 0);
  else
    free(block);
}

bool memory_grow(const memory_t *memory, void *array_pointer, size_t count, size_t *room, size_t size)
{
  if (count < *room)
    return true;
  void *array;
  memcpy(&array, array_pointer, sizeof array);
  size_t larger = *room ? *room * 2 : 16;
  array = memory_resize(memory, array, larger * size);
  if (array == NULL)
    return false;
  memcpy(array_pointer, &array, sizeof array);
  *room = larger;
  return true;
}

typedef struct arena_block {
  struct arena_block *next;
  size_t size;
  alignas(max_align_t) char bytes[];
} arena_block_t;

enum { ARENA_BLOCK = 8 * 1024 };

void arena_init(arena_t *arena, const memory_t *memory)
{
  *arena = (arena_t){.memory = *memory};
}

void arena_rewind(arena_t *arena, const arena_t *mark)
{
  while (arena->block != mark->block) {
    arena_block_t *block = arena->block;

    arena->block = block->next;
    memory_free(&arena->memory, block);
  }
  arena->block_used = mark->block_used;
  arena->used = mark->used;
}

void arena_clear(arena_t *arena)
{
  arena_rewind(arena, &(arena_t){.block = NULL});
}

void *arena_new(arena_t *arena, size_t size)
{
  size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
  if (arena->block == NULL || arena->block->size - arena->block_used < size) {
    size_t room = size > ARENA_BLOCK ? size : ARENA_BLOCK;
    arena_block_t *block = memory_resize(&arena->memory, NULL, sizeof *block + room);

    if (block == NULL) {
      arena->starved = true;
      return NULL;
    }
    *block = (arena_block_t){.next = arena->block, .size = room};
    arena->block = block;
    arena->block_used = 0;
  }
  void *bytes = arena->block->bytes + arena->block_used;
  arena->block_used += size;
  arena->used += size;
  return memset(bytes, 0, size);
}

char *arena_text(arena_t *arena, const char *text, size_t length)
{
  char *copy = arena_new(arena, length + 1);

  if (copy != NULL)
    memcpy(copy, text, length);
  return copy;
}

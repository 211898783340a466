/*
 * memory.h - the engine's memory: one door to the host's allocator, and an arena for what lives and dies
 * together.
 */
#ifndef SOCKWARDEN_MEMORY_H
#define SOCKWARDEN_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

typedef struct memory {
  void *context;
  void *(*resize)(void *context, void *block, size_t size); /* policy_host_t.resize */
} memory_t;

/* As realloc; NULL where memory is short (the old block then still stands). */
void *memory_resize(const memory_t *memory, void *block, size_t size);

/* A zeroed block, or NULL. */
void *memory_new(const memory_t *memory, size_t size);

/* NULL does nothing. */
void memory_free(const memory_t *memory, void *block);

/* Make room for one more element in a growing array: *array holds `count` elements of `size` bytes and has
 * room for *room. False where memory is short; the array then stands as it was. */
bool memory_grow(const memory_t *memory, void *array_pointer, size_t count, size_t *room, size_t size);

typedef struct arena {
  memory_t memory;
  struct arena_block *block;
  size_t block_used; /* bytes of the newest block */
  size_t used;       /* bytes handed out, all in all */
  bool starved;      /* the host had no memory for it at least once */
} arena_t;

void arena_init(arena_t *arena, const memory_t *memory);
void arena_clear(arena_t *arena);

/* A zeroed block aligned for anything, freed with the arena; NULL where memory is short. */
void *arena_new(arena_t *arena, size_t size);

/* Take back everything handed out since the mark was taken (a copy of the arena). */
void arena_rewind(arena_t *arena, const arena_t *mark);

/* A copy of text[0..length) with a terminating zero. */
char *arena_text(arena_t *arena, const char *text, size_t length);

#endif

/* Growing arrays and arenas (memory.h). */
#include "fixture.h"

#include <stdalign.h>
#include <stdlib.h>

#include "memory.h"

/* Serves `*context` allocations more, then none. */
static void *few(void *context, void *block, size_t size)
{
  int *left = context;

  if (size == 0) {
    free(block);
    return NULL;
  }
  return (*left)-- > 0 ? realloc(block, size) : NULL;
}

static void a_growing_array(void **state)
{
  (void)state;
  memory_t memory = {0};
  int *numbers = NULL;
  size_t room = 0;
  for (int i = 0; i < 1000; i++) {
    assert_true(memory_grow(&memory, &numbers, (size_t)i, &room, sizeof *numbers));
    assert_true(room > (size_t)i);
    numbers[i] = i;
  }
  for (int i = 0; i < 1000; i++)
    assert_int_equal(numbers[i], i);
  memory_free(&memory, numbers);
}

static void an_array_that_cannot_grow_stands(void **state)
{
  (void)state;
  int left = 1, *numbers = NULL;
  memory_t memory = {&left, few};
  size_t room = 0, count = 0;
  while (memory_grow(&memory, &numbers, count, &room, sizeof *numbers))
    numbers[count++] = 7;
  assert_true(count > 0 && count == room);
  assert_int_equal(numbers[count - 1], 7);
  memory_free(&memory, numbers);
}

static void blocks_are_zeroed(void **state)
{
  (void)state;
  memory_t memory = {0};
  for (int i = 0; i < 10; i++) {
    unsigned char *block = memory_new(&memory, 100);

    for (int n = 0; n < 100; n++)
      assert_int_equal(block[n], 0);
    memset(block, 0xff, 100);
    memory_free(&memory, block);
  }
  memory_free(&memory, NULL);
}

static void what_an_arena_hands_out(void **state)
{
  (void)state;
  memory_t memory = {0};
  arena_t arena;
  char *blocks[300];
  arena_init(&arena, &memory);
  for (int i = 0; i < 300; i++) {
    size_t size = (size_t)i * 7;

    blocks[i] = arena_new(&arena, size);
    assert_non_null(blocks[i]);
    assert_int_equal((uintptr_t)blocks[i] % alignof(max_align_t), 0);
    for (size_t n = 0; n < size; n++)
      assert_int_equal(blocks[i][n], 0);
    memset(blocks[i], i, size);
  }
  for (int i = 0; i < 300; i++)
    for (size_t n = 0; n < (size_t)i * 7; n++)
      assert_int_equal((unsigned char)blocks[i][n], (unsigned char)i);
  assert_string_equal(arena_text(&arena, "a text cut here", 6), "a text");
  assert_non_null(arena_new(&arena, 100000)); /* larger than its blocks */
  assert_non_null(arena_new(&arena, 0));
  arena_clear(&arena);
  assert_int_equal(arena.used, 0);
}

static void an_arena_taken_back(void **state)
{
  (void)state;
  memory_t memory = {0};
  arena_t arena;
  arena_init(&arena, &memory);
  char *kept = arena_text(&arena, "kept", 4);
  arena_t mark = arena;
  char *first = arena_text(&arena, "first", 5);
  for (int i = 0; i < 10; i++)
    arena_new(&arena, 5000);
  arena_rewind(&arena, &mark);
  assert_int_equal(arena.used, mark.used);
  assert_string_equal(kept, "kept");
  assert_ptr_equal(arena_text(&arena, "again", 5), first);
  arena_clear(&arena);
}

static void an_arena_without_memory(void **state)
{
  (void)state;
  int left = 1;
  memory_t memory = {&left, few};
  arena_t arena;
  arena_init(&arena, &memory);
  char *text = arena_text(&arena, "here", 4);
  assert_non_null(text);
  assert_false(arena.starved);
  assert_null(arena_new(&arena, 1000000));
  assert_true(arena.starved);
  assert_non_null(arena_new(&arena, 8)); /* what there is goes on to serve */
  assert_string_equal(text, "here");
  arena_clear(&arena);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_growing_array),     cmocka_unit_test(an_array_that_cannot_grow_stands),
      cmocka_unit_test(blocks_are_zeroed),   cmocka_unit_test(what_an_arena_hands_out),
      cmocka_unit_test(an_arena_taken_back), cmocka_unit_test(an_arena_without_memory),
  };

  return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}

/*
 * What Lua's compiler searches while it compiles a file costs instructions of the budget
 * (scripting/lua/patches/10-compiler.patch): each source here makes it search again and again.
 */
#include "fixture.h"

/* A source: `head`, `unit` so often with %d counted from 1, `tail`. */
typedef struct source {
  const char *head, *unit;
  int times;
  const char *tail;
  uint64_t least; /* what compiling it costs at least, beside an instruction for each byte */
} source_t;

/* The caller frees it. */
static char *write_source(const source_t *source)
{
  enum { DIGITS = 10 };
  size_t room = strlen(source->head) + (size_t)source->times * (strlen(source->unit) + DIGITS) +
                strlen(source->tail) + 1;
  char *text = test_malloc(room), *end = text + sprintf(text, "%s", source->head);
  const char *number = strstr(source->unit, "%d");

  for (int i = 1; i <= source->times; i++)
    if (number != NULL)
      end += sprintf(end, "%.*s%d%s", (int)(number - source->unit), source->unit, i, number + 2);
    else
      end += sprintf(end, "%s", source->unit);
  strcpy(end, source->tail);
  return text;
}

/* The largest limit under which it does not load, found by trying. */
static uint64_t load_cost(fixture_t *fixture, const char *text)
{
  enum { LOADING = 16, MOST = 100000000 }; /* a load may take so many times what a decision may */
  uint32_t low = 0, high = MOST / LOADING;

  fixture->settings.instruction_limit = high;
  fixture_policy(fixture, text);
  fixture_load(fixture);
  if (fixture->report_count)
    fail_msg("%s", fixture->reports[0]);
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;

    fixture->settings.instruction_limit = middle;
    fixture_policy(fixture, text);
    if (fixture_load(fixture) == 0)
      high = middle;
    else
      low = middle;
  }
  return (uint64_t)low * LOADING;
}

#define CONST "local a <const> = 1 "

static void searching(void **state)
{
  static const source_t sources[] = {
      /* a name among the local variables, and again for _ENV */
      {"local a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t ", "x=1 ", 1000, "", 1000 * 2 * 20},
      /* the last variable that is in a register, after each statement */
      {CONST CONST CONST CONST CONST, ";", 1000, "", 1000 * 5},
      /* a label of the same name */
      {"", "::l%d:: local a ", 100, "", 100 * 99 / 2},
      /* the pending gotos that a label ends */
      {"do goto l goto l goto l goto l goto l goto l goto l goto l goto l goto l ", "::l%d:: local a ", 100,
       "::l:: end", 100 * 99 / 2 + 10 * 100},
      /* the same, each taken out of the list */
      {"do ", "goto l ", 1000, "::l:: end", 1000 * 999 / 2},
      /* the pending gotos at each end of a block */
      {"do do do do do do do do do do ", "goto l ", 100,
       "end end end end end end end end end end ::l::", 100 * 101 / 2 + 10 * 100},
      /* the end of a list of jumps */
      {"local a if a then ", "elseif a then ", 1000, "end", 1000 * 999 / 2},
  };
  bool cheap = false;

  for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
    char *text = write_source(&sources[i]);
    uint64_t cost = load_cost(*state, text), least = sources[i].least + strlen(text);

    if (cost < least)
      print_error("%s%s...: %llu instructions, less than %llu\n", sources[i].head, sources[i].unit,
                  (unsigned long long)cost, (unsigned long long)least);
    cheap |= cost < least;
    test_free(text);
  }
  assert_false(cheap);
}

int main(void)
{
  const struct CMUnitTest tests[] = {fixture_test(searching)};

  return cmocka_run_group_tests_name("scripting: what compiling spends", tests, NULL, NULL);
}

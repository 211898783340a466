#include "text_match.h"

#include <stdint.h>
#include <string.h>

#include "text_fold.h"

static uint32_t text_match__next_in_path(const char **text)
{
  uint32_t c = text_fold_next(text);

  return c == '/' ? '\\' : c;
}

bool text_same(const char *a, const char *b)
{
  for (;;) {
    uint32_t ca = text_fold_next(&a), cb = text_fold_next(&b);

    if (ca != cb)
      return false;
    if (ca == 0)
      return true;
  }
}

/* Greedy with one restart point: only the last `*` seen can need to take more, so the time is bounded by the
 * product of the lengths. */
bool text_glob(const char *pattern, const char *text)
{
  const char *star = NULL, *star_text = NULL;

  while (*text) {
    const char *p = pattern, *t = text;

    if (*p == '*') {
      star = ++pattern;
      star_text = text;
      continue;
    }
    if (*p == '?' ? (text_fold_next(&t), p++, true)
                  : (*p && text_match__next_in_path(&p) == text_match__next_in_path(&t))) {
      pattern = p;
      text = t;
      continue;
    }
    if (star == NULL)
      return false;
    pattern = star;
    text_fold_next(&star_text);
    text = star_text;
  }
  while (*pattern == '*')
    pattern++;
  return *pattern == 0;
}

bool text_has_separator(const char *text)
{
  return strpbrk(text, "/\\") != NULL;
}

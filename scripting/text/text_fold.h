/*
 * text_fold.h - UTF-8 text read in lower case, character by character: by one built-in table, so that names
 * are the same on every platform and in every locale. Pure; any thread.
 */
#ifndef SOCKWARDEN_TEXT_FOLD_H
#define SOCKWARDEN_TEXT_FOLD_H

#include <stdint.h>

/* text_fold_next where the next character is not ASCII. */
uint32_t text_fold_next_wide(const char **text);

/* The next character in lower case, and *text moved past it; 0 at the end. A byte that is not UTF-8 stands
 * for itself, beyond Unicode's range, so that damaged names still compare byte by byte. Inline: most are
 * ASCII. */
static inline uint32_t text_fold_next(const char **text)
{
  unsigned char c = (unsigned char)**text;

  if (c >= 0x80)
    return text_fold_next_wide(text);
  *text += c != 0;
  return c >= 'A' && c <= 'Z' ? c + 32u : c;
}

#endif

/*
 * text_match.h - UTF-8 text compared without regard to case (text_fold.h): names, and globs. Pure; any
 * thread.
 */
#ifndef SOCKWARDEN_TEXT_MATCH_H
#define SOCKWARDEN_TEXT_MATCH_H

#include <stdbool.h>

/* The same text but for case. */
bool text_same(const char *a, const char *b);

/* Glob over the whole text: `*` any run of characters, separators included, `?` one character, `/` equals
 * `\`; no classes and no escapes. */
bool text_glob(const char *pattern, const char *text);

/* The text has a path separator. */
bool text_has_separator(const char *text);

#endif

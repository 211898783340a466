/*
 * text_match.h - UTF-8 text: comparing names without regard to case, the same on every platform, by one
 * built-in case table (docs/policy-language.md, "Globs"), globs, and cutting what is too long. Pure; any
 * thread.
 */
#ifndef SOCKWARDEN_TEXT_MATCH_H
#define SOCKWARDEN_TEXT_MATCH_H

#include <stdbool.h>
#include <stddef.h>

/* The same text but for case. */
bool text_same(const char *a, const char *b);

/* Glob over the whole text: `*` any run of characters, separators included, `?` one character, `/` equals
 * `\`; no classes and no escapes. */
bool text_glob(const char *pattern, const char *text);

/* Drop the beginning of a character that was cut off at the end of the text. */
void text_cut(char *text);

/* As snprintf of "%s", cut at a whole character. */
void text_copy(char *target, size_t size, const char *text);

/* The text has a path separator. */
bool text_has_separator(const char *text);

#endif

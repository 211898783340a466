/*
 * text_cut.h - UTF-8 text that does not fit, cut at a whole character. Pure; any thread.
 */
#ifndef SOCKWARDEN_TEXT_CUT_H
#define SOCKWARDEN_TEXT_CUT_H

#include <stddef.h>

/* Drop the beginning of a character that was cut off at the end of the text. */
void text_cut(char *text);

/* As snprintf of "%s", cut at a whole character. */
void text_copy(char *target, size_t size, const char *text);

#endif

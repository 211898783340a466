/*
 * native_text.h - the command's text is UTF-8 on every platform: its arguments, and what it prints.
 */
#ifndef SOCKWARDEN_CLI_NATIVE_TEXT_H
#define SOCKWARDEN_CLI_NATIVE_TEXT_H

#include <stdbool.h>

/* At the start of main. Windows hands main its arguments in the ANSI code page, where a user's own name may
 * not exist: they are read again as UTF-8, and the console expects UTF-8 until the program ends. Elsewhere
 * nothing is done. What *argv then points to lives as long as the program. False where memory is short: that
 * is reported on stderr. */
bool native_text_start(int *argc, char ***argv);

#ifdef _WIN32
/* A copy as UTF-16, which the caller frees. NULL, and errno, where the text is no UTF-8 (EINVAL) or memory is
 * short. */
wchar_t *native_text_widen(const char *text);

/* A copy as UTF-8, which the caller frees. NULL where memory is short. */
char *native_text_narrow(const wchar_t *wide);
#endif

#endif

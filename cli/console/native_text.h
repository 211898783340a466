/*
 * native_text.h - the command's text is UTF-8 on every platform: arguments, file names, what it prints.
 */
#ifndef SOCKWARDEN_CLI_NATIVE_TEXT_H
#define SOCKWARDEN_CLI_NATIVE_TEXT_H

#include <stdbool.h>
#include <stdio.h>

/* At the start of main. Windows hands main its arguments in the ANSI code page, where a user's own name may
 * not exist: they are read again as UTF-8, and the console is told to expect it until the program ends.
 * Elsewhere nothing is done. What *argv then points to lives as long as the program. False, told, where
 * memory is short. */
bool native_text_start(int *argc, char ***argv);

/* As fopen "rb", fopen "wx" (never over a file that is there), mkdir and remove, with errno. The caller
 * closes. */
FILE *native_text_open(const char *path);
FILE *native_text_create(const char *path);
int native_text_make_folder(const char *path);
int native_text_delete(const char *path);

#endif

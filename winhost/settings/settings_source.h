/*
 * settings_source.h - one setting looked for in the registry: the first key with a value that can be used
 * wins, and each value that cannot is reported with what is used instead.
 */
#ifndef SOCKWARDEN_WINHOST_SETTINGS_SOURCE_H
#define SOCKWARDEN_WINHOST_SETTINGS_SOURCE_H

#include "settings_table.h"

/* Called for each value that is set and cannot be used: with key, name, what is wrong with it and what is
 * used instead, in one sentence, UTF-8, borrowed for the call. */
typedef struct settings_warner {
  void (*warn)(void *context, const char *message);
  void *context;
} settings_warner_t;

typedef struct settings_source {
  HKEY keys[SETTINGS_KEYS]; /* NULL where there is none */
  const settings_warner_t *warner;
} settings_source_t;

/* Open the keys below that root. `warner` is borrowed until the close, and may be NULL. */
void settings_source_open(settings_source_t *source, HKEY root, const settings_warner_t *warner);
void settings_source_close(settings_source_t *source);

/* The value of a number or a word, or its default. */
uint32_t settings_source_number(const settings_source_t *source, const setting_t *setting);

/* The path of a folder, or its default below ProgramData; "" where that cannot be found out. Only a full path
 * counts, or a program's current directory would choose. */
void settings_source_folder(const settings_source_t *source, const setting_t *setting, WCHAR *path,
                            DWORD chars);

#endif

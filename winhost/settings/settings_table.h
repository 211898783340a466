/*
 * settings_table.h - every setting there is, in one table: its name, type, range and default. The table
 * drives the reading of settings (settings.c) and serves whoever lists them. docs/operations.md, "Settings".
 */
#ifndef SOCKWARDEN_WINHOST_SETTINGS_TABLE_H
#define SOCKWARDEN_WINHOST_SETTINGS_TABLE_H

#include <stdint.h>
#include "winsock.h"

/* What LogLevel means: nothing; rejections, rewrites, failures and what policies log(); every decision. */
typedef enum log_level { LOG_LEVEL_NOTHING, LOG_LEVEL_NOTABLE, LOG_LEVEL_EVERYTHING } log_level_t;

typedef enum setting_id {
  SETTING_POLICY_DIR,
  SETTING_MODE,
  SETTING_ON_ERROR,
  SETTING_DEFAULT_VERDICT,
  SETTING_INSTRUCTION_LIMIT,
  SETTING_MEMORY_LIMIT_KIB,
  SETTING_ALLOW_UNPROTECTED_POLICIES,
  SETTING_LOG_DIR,
  SETTING_LOG_LEVEL,
  SETTING_COUNT
} setting_id_t;

typedef enum setting_type {
  SETTING_FOLDER,       /* REG_SZ: a full path */
  SETTING_LOCAL_FOLDER, /* REG_SZ: a full path on a drive: a server that does not answer would hold up every
                           program */
  SETTING_WORD,         /* REG_SZ: one of a few words, in any case */
  SETTING_NUMBER        /* REG_DWORD */
} setting_type_t;

typedef struct setting {
  const char *name; /* of the registry value */
  setting_type_t type;
  uint32_t least, most, fallback;      /* a number's range and default; those of a word by its number */
  const char *(*word)(uint32_t value); /* SETTING_WORD: the word of a number in the range */
  const WCHAR *folder;                 /* a folder's default, below ProgramData */
} setting_t;

extern const setting_t settings_table[SETTING_COUNT];

/* The keys below HKEY_LOCAL_MACHINE in which each value is looked for, in this order: Group Policy's, the
 * machine's own. Always in the 64-bit view. */
enum { SETTINGS_KEYS = 2 };
typedef struct settings_key {
  const WCHAR *path;
  const char *name; /* for messages */
} settings_key_t;
extern const settings_key_t settings_keys[SETTINGS_KEYS];

#endif

/*
 * catalog_text.h - the names and paths of catalog entries, which are UTF-16, as text for people. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_CATALOG_TEXT_H
#define SOCKWARDEN_INSTALLER_CATALOG_TEXT_H

#include "catalog_model.h"

/* At most `chars` units of UTF-16, up to a zero, as UTF-8 in `size` bytes with a zero behind: cut at a
 * character where it does not fit, U+FFFD for what is no UTF-16. */
void catalog_text_utf8(const uint16_t *wide, size_t chars, char *text, size_t size);

/* The name of an entry; the DLL's path as the catalog has it. Both cut to fit. */
enum { CATALOG_TEXT_NAME = CATALOG_NAME_CHARS, CATALOG_TEXT_PATH = CATALOG_PATH_CHARS };
void catalog_text_name(const catalog_model_info_t *info, char name[CATALOG_TEXT_NAME]);
void catalog_text_path(const catalog_model_entry_t *entry, char path[CATALOG_TEXT_PATH]);

/* ASCII into a UTF-16 field of `chars` units, cut to fit with a zero behind; the rest of the field becomes
 * zero. */
void catalog_text_set(uint16_t *wide, size_t chars, const char *text);

#endif

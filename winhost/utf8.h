/*
 * utf8.h - Windows' text as the policies' text.
 */
#ifndef SOCKWARDEN_WINHOST_UTF8_H
#define SOCKWARDEN_WINHOST_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include "winsock.h"

/* A copy in UTF-8; the caller frees it with free(). NULL where memory is short. */
char *utf8_copy(const WCHAR *text);

/* Into a buffer of `size` bytes. False, and "" in it, where it does not fit. */
bool utf8_fill(const WCHAR *text, char *buffer, size_t size);

#endif

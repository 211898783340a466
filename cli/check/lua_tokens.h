/*
 * lua_tokens.h - names and signs in Lua source, without comments and strings.
 */
#ifndef SOCKWARDEN_LUA_TOKENS_H
#define SOCKWARDEN_LUA_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A name, a number or a single sign. */
typedef struct lua_token {
  const char *start;
  size_t length;
  int32_t line;
} lua_token_t;

/* Begins at the start of a text, in line 1; a copy looks ahead. */
typedef struct lua_scanner {
  const char *at;
  int32_t line;
} lua_scanner_t;

/* The next token; it points into the text. False at the end. */
bool lua_tokens_next(lua_scanner_t *scanner, lua_token_t *token);

/* Whether a text is a name, which reserved words are not. */
bool lua_tokens_is_name(const char *text);

#endif

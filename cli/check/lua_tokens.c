#include "lua_tokens.h"

#include <ctype.h>
#include <string.h>

/* "[[", "[==[": how many equals signs; -1 where there is no such bracket. */
static int lua_tokens__long_bracket(const char *at)
{
  int level = 0;

  if (at[0] != '[')
    return -1;
  while (at[1 + level] == '=')
    level++;
  return at[1 + level] == '[' ? level : -1;
}

static void lua_tokens__skip_long(lua_scanner_t *scanner, int level)
{
  for (scanner->at += level + 2; *scanner->at; scanner->at++) {
    if (*scanner->at == '\n')
      scanner->line++;
    if (*scanner->at != ']')
      continue;
    int equals = 0;
    while (scanner->at[1 + equals] == '=')
      equals++;
    if (equals == level && scanner->at[1 + equals] == ']') {
      scanner->at += level + 2;
      return;
    }
  }
}

static void lua_tokens__skip_quoted(lua_scanner_t *scanner)
{
  char quote = *scanner->at++;

  while (*scanner->at && *scanner->at != quote && *scanner->at != '\n')
    scanner->at += *scanner->at == '\\' && scanner->at[1] && scanner->at[1] != '\n' ? 2 : 1;
  scanner->at += *scanner->at == quote;
}

static bool lua_tokens__is_name_char(char c)
{
  return isalnum((unsigned char)c) || c == '_';
}

/* Skip blanks, comments and strings. False at the end of the text. */
static bool lua_tokens__skip_blanks(lua_scanner_t *scanner)
{
  for (;;) {
    const char *at = scanner->at;

    if (*at == '\n') {
      scanner->line++;
      scanner->at++;
    } else if (isspace((unsigned char)*at)) {
      scanner->at++;
    } else if (at[0] == '-' && at[1] == '-') {
      scanner->at += 2;
      if (lua_tokens__long_bracket(scanner->at) >= 0)
        lua_tokens__skip_long(scanner, lua_tokens__long_bracket(scanner->at));
      else
        scanner->at += strcspn(scanner->at, "\n");
    } else if (*at == '"' || *at == '\'') {
      lua_tokens__skip_quoted(scanner);
    } else if (lua_tokens__long_bracket(at) >= 0) {
      lua_tokens__skip_long(scanner, lua_tokens__long_bracket(at));
    } else {
      return *at != 0;
    }
  }
}

bool lua_tokens_next(lua_scanner_t *scanner, lua_token_t *token)
{
  if (!lua_tokens__skip_blanks(scanner))
    return false;
  *token = (lua_token_t){scanner->at, 1, scanner->line};
  while (lua_tokens__is_name_char(token->start[0]) && lua_tokens__is_name_char(token->start[token->length]))
    token->length++;
  scanner->at += token->length;
  return true;
}

bool lua_tokens_is_name(const char *text)
{
  static const char *const reserved[] = {
      "and", "break", "do",  "else", "elseif", "end",    "false",  "for",  "function", "goto",  "if",
      "in",  "local", "nil", "not",  "or",     "repeat", "return", "then", "true",     "until", "while"};

  for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++)
    if (strcmp(text, reserved[i]) == 0)
      return false;
  for (const char *c = text; *c; c++)
    if (!lua_tokens__is_name_char(*c))
      return false;
  return text[0] != 0;
}

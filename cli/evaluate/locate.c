#include "locate.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* ---- Lua's words, comments and strings left out ---- */

typedef struct token {
  const char *start;
  size_t length;
  int32_t line;
} token_t;

typedef struct scanner {
  const char *at;
  int32_t line;
} scanner_t;

/* "[[", "[==[": how many equals signs; -1 where there is no such bracket. */
static int locate__long_bracket(const char *at)
{
  int level = 0;

  if (at[0] != '[')
    return -1;
  while (at[1 + level] == '=')
    level++;
  return at[1 + level] == '[' ? level : -1;
}

static void locate__skip_long(scanner_t *scanner, int level)
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

static void locate__skip_quoted(scanner_t *scanner)
{
  char quote = *scanner->at++;

  while (*scanner->at && *scanner->at != quote && *scanner->at != '\n')
    scanner->at += *scanner->at == '\\' && scanner->at[1] && scanner->at[1] != '\n' ? 2 : 1;
  scanner->at += *scanner->at == quote;
}

static bool locate__is_word(char c)
{
  return isalnum((unsigned char)c) || c == '_';
}

/* Skip blanks, comments and strings. False at the end of the text. */
static bool locate__skip(scanner_t *scanner)
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
      if (locate__long_bracket(scanner->at) >= 0)
        locate__skip_long(scanner, locate__long_bracket(scanner->at));
      else
        scanner->at += strcspn(scanner->at, "\n");
    } else if (*at == '"' || *at == '\'') {
      locate__skip_quoted(scanner);
    } else if (locate__long_bracket(at) >= 0) {
      locate__skip_long(scanner, locate__long_bracket(at));
    } else {
      return *at != 0;
    }
  }
}

static bool locate__next_token(scanner_t *scanner, token_t *token)
{
  if (!locate__skip(scanner))
    return false;
  *token = (token_t){scanner->at, 1, scanner->line};
  while (locate__is_word(token->start[0]) && locate__is_word(token->start[token->length]))
    token->length++;
  scanner->at += token->length;
  return true;
}

/* ---- finding a word ---- */

static const char *locate__line_start(const char *text, int32_t line)
{
  for (int32_t i = 1; text != NULL && i < line; i++) {
    text = strchr(text, '\n');
    text += text != NULL;
  }
  return text;
}

static location_t locate__at_line(const char *text, int32_t line)
{
  location_t location = {line, 0, NULL, 0};

  location.source = line > 0 && text != NULL ? locate__line_start(text, line) : NULL;
  if (location.source != NULL) {
    location.length = strcspn(location.source, "\n");
    if (location.length && location.source[location.length - 1] == '\r')
      location.length--;
  }
  return location;
}

static void locate__put_column(location_t *location, const char *at)
{
  location->column = 1;
  for (const char *c = location->source; c < at; c++)
    location->column += ((unsigned char)*c & 0xc0) != 0x80;
}

/* As part of the line, whatever it is: known where it stands there exactly once. */
static void locate__find_verbatim(location_t *location, const char *subject)
{
  const char *found = NULL;
  size_t length = strlen(subject);

  for (size_t i = 0; i + length <= location->length; i++)
    if (memcmp(location->source + i, subject, length) == 0) {
      if (found != NULL)
        return;
      found = location->source + i;
    }
  if (found != NULL)
    locate__put_column(location, found);
}

/* Where a word is looked for. */
typedef enum reach {
  REACH_FIELDS,   /* as a field, before an equals sign, in the statement that begins on the line */
  REACH_LINE,     /* on the line */
  REACH_STATEMENT /* in the statement */
} reach_t;

static bool locate__is_field(scanner_t ahead)
{
  token_t next;

  return locate__next_token(&ahead, &next) && next.start[0] == '=' && next.start[1] != '=';
}

static bool locate__find_word(const char *text, location_t *location, const char *word, reach_t reach)
{
  scanner_t scanner = {text, 1};
  token_t token;
  int depth = 0;

  while (locate__next_token(&scanner, &token)) {
    if (token.line < location->line)
      continue;
    if (token.line > location->line && (reach == REACH_LINE || depth <= 0))
      return false;
    depth += (*token.start == '{' || *token.start == '(') - (*token.start == '}' || *token.start == ')');
    if (token.length != strlen(word) || memcmp(token.start, word, token.length) != 0 ||
        (reach == REACH_FIELDS && !locate__is_field(scanner)))
      continue;
    *location = locate__at_line(text, token.line);
    locate__put_column(location, token.start);
    return true;
  }
  return false;
}

/* Lua's reserved words are not names: that they are in the wrong place is all that is known of them. */
static bool locate__is_name(const char *text)
{
  static const char *const reserved[] = {
      "and", "break", "do",  "else", "elseif", "end",    "false",  "for",  "function", "goto",  "if",
      "in",  "local", "nil", "not",  "or",     "repeat", "return", "then", "true",     "until", "while"};

  for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++)
    if (strcmp(text, reserved[i]) == 0)
      return false;
  for (const char *c = text; *c; c++)
    if (!locate__is_word(*c))
      return false;
  return text[0] != 0;
}

location_t locate(const char *text, int32_t line, const char *subject)
{
  static const char *const statements[] = {"rule", "on_socket", "reject", "rewrite"};
  location_t location = locate__at_line(text, line);

  if (location.source == NULL)
    return location;
  if (subject != NULL && !locate__is_name(subject)) {
    locate__find_verbatim(&location, subject);
    return location;
  }
  if (subject != NULL)
    for (reach_t reach = REACH_FIELDS; reach <= REACH_STATEMENT; reach++)
      if (locate__find_word(text, &location, subject, reach))
        return location;
  for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++)
    if (locate__find_word(text, &location, statements[i], REACH_LINE))
      break;
  return location;
}

#include "locate.h"

#include <stdbool.h>
#include <string.h>

#include "lua_tokens.h"

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

static bool locate__is_field(lua_scanner_t ahead)
{
  lua_token_t next;

  return lua_tokens_next(&ahead, &next) && next.start[0] == '=' && next.start[1] != '=';
}

static bool locate__find_word(const char *text, location_t *location, const char *word, reach_t reach)
{
  lua_scanner_t scanner = {text, 1};
  lua_token_t token;
  int depth = 0;

  while (lua_tokens_next(&scanner, &token)) {
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

location_t locate(const char *text, int32_t line, const char *subject)
{
  static const char *const statements[] = {"rule", "on_socket", "reject", "rewrite"};
  location_t location = locate__at_line(text, line);

  if (location.source == NULL)
    return location;
  /* Of a reserved word is known only that it is in the wrong place. */
  if (subject != NULL && !lua_tokens_is_name(subject)) {
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

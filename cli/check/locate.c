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

/* ---- what a message is about ---- */

typedef struct subject {
  const char *word;
  size_t length;
  bool field;    /* it stands before an equals sign, perhaps on a later line of the statement */
  bool verbatim; /* whatever it is: Lua's own "near '...'" */
} subject_t;

static bool locate__starts(const char *text, const char *start)
{
  return strncmp(text, start, strlen(start)) == 0;
}

static subject_t locate__subject_of(const char *message)
{
  subject_t subject = {message, 0, false, false};
  const char *near = strstr(message, "near '"), *end = message + strlen(message);

  if (near != NULL && end[-1] == '\'') { /* the token itself may hold quotes */
    subject.word = near + 6;
    subject.length = (size_t)(end - 1 - subject.word);
    subject.verbatim = true;
    return subject;
  }
  const char *quoted = locate__starts(message, "unknown name '") ||
                               locate__starts(message, "a rule has no field '") ||
                               strstr(message, " has no field '") != NULL || message[0] == '\''
                           ? strchr(message, '\'')
                           : NULL;
  if (quoted != NULL) {
    subject.word = quoted + 1;
    subject.length = strcspn(subject.word, "'");
    subject.field =
        locate__starts(message, "a rule has no field") || locate__starts(message, "rewrite has no field");
    return subject;
  }
  while (locate__is_word(message[subject.length]))
    subject.length++;
  static const char *const fields[] = {"af",       "type",    "protocol", "app",    "user",  "name",
                                       "elevated", "service", "provider", "shared", "flags", "verdict"};
  for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
    subject.field |= strlen(fields[i]) == subject.length && locate__starts(message, fields[i]);
  return subject;
}

/* ---- finding it ---- */

static const char *locate__line_start(const char *text, int32_t line)
{
  for (int32_t i = 1; text != NULL && i < line; i++) {
    text = strchr(text, '\n');
    text += text != NULL;
  }
  return text;
}

static void locate__put_column(location_t *location, const char *at)
{
  location->column = 1;
  for (const char *c = location->source; c < at; c++)
    location->column += ((unsigned char)*c & 0xc0) != 0x80;
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

/* Lua's own errors quote what they stumbled over: known where that is on the line exactly once. */
static void locate__find_verbatim(location_t *location, const subject_t *subject)
{
  const char *found = NULL;

  for (size_t i = 0; subject->length && i + subject->length <= location->length; i++)
    if (memcmp(location->source + i, subject->word, subject->length) == 0) {
      if (found != NULL)
        return;
      found = location->source + i;
    }
  if (found != NULL)
    locate__put_column(location, found);
}

static bool locate__is_subject(const token_t *token, const subject_t *subject)
{
  return token->length == subject->length && memcmp(token->start, subject->word, token->length) == 0;
}

/* Look through the statement that begins on the line. */
static bool locate__find_word(const char *text, location_t *location, const subject_t *subject)
{
  scanner_t scanner = {text, 1};
  token_t token;
  int depth = 0;

  while (locate__next_token(&scanner, &token)) {
    if (token.line < location->line)
      continue;
    if (token.line > location->line && (!subject->field || depth <= 0))
      return false;
    depth += (*token.start == '{' || *token.start == '(') - (*token.start == '}' || *token.start == ')');
    if (!locate__is_subject(&token, subject))
      continue;
    scanner_t ahead = scanner;
    token_t next;
    if (subject->field && (!locate__next_token(&ahead, &next) || *next.start != '='))
      continue;
    *location = locate__at_line(text, token.line);
    locate__put_column(location, token.start);
    return true;
  }
  return false;
}

location_t locate(const char *text, int32_t line, const char *message)
{
  location_t location = locate__at_line(text, line);
  subject_t subject = locate__subject_of(message);

  if (location.source == NULL)
    return location;
  if (subject.verbatim) {
    locate__find_verbatim(&location, &subject);
    return location;
  }
  if (subject.length && locate__find_word(text, &location, &subject))
    return location;
  /* The statement itself. */
  static const char *const statements[] = {"rule", "on_socket", "reject", "rewrite"};
  for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
    subject = (subject_t){statements[i], strlen(statements[i]), false, false};
    if (locate__find_word(text, &location, &subject))
      break;
  }
  return location;
}

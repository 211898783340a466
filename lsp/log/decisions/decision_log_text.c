#include "decision_log_text.h"

#include <string.h>
#include "policy.h"

/* Keys are ours and short; this much is kept free for closing what is open. */
enum { RESERVE = 8, CHARACTER_MOST = 6, NUMBER_CHARS = 20 };

static bool log_text__fits(const log_text_t *text, size_t size)
{
  return text->used + size + RESERVE <= text->size;
}

static void log_text__put(log_text_t *text, const char *bytes, size_t size)
{
  memcpy(text->bytes + text->used, bytes, size);
  text->used += size;
}

/* "key": with the comma before it; false where it and `size` more bytes do not fit. */
static bool log_text__key(log_text_t *text, const char *key, size_t size)
{
  size_t length = strlen(key);

  if (!log_text__fits(text, length + 4 + size))
    return false;
  if (text->follows)
    log_text__put(text, ",", 1);
  text->follows = true;
  log_text__put(text, "\"", 1);
  log_text__put(text, key, length);
  log_text__put(text, "\":", 2);
  return true;
}

/* One character as JSON; returns the bytes it takes of the text. */
static size_t log_text__escape(const unsigned char *c, char out[CHARACTER_MOST], size_t *size)
{
  static const char digits[] = "0123456789abcdef";
  size_t length = policy_utf8_length((const char *)c);

  *size = CHARACTER_MOST;
  if (length == 0) {
    memcpy(out, "\\ufffd", CHARACTER_MOST);
    return 1;
  }
  if (c[0] == '"' || c[0] == '\\' || c[0] == '\n') {
    out[0] = '\\';
    out[1] = c[0] == '\n' ? 'n' : (char)c[0];
    *size = 2;
  } else if (c[0] < 0x20 || c[0] == 0x7f) {
    memcpy(out, "\\u00", 4);
    out[4] = digits[c[0] >> 4];
    out[5] = digits[c[0] & 15];
  } else {
    memcpy(out, c, length);
    *size = length;
  }
  return length;
}

void log_text_string(log_text_t *text, const char *key, const char *value, size_t most)
{
  char out[CHARACTER_MOST];
  size_t size, used = 0;

  if (value == NULL || !log_text__key(text, key, 2 + most + 3))
    return;
  log_text__put(text, "\"", 1);
  for (const unsigned char *c = (const unsigned char *)value; *c != '\0';) {
    c += log_text__escape(c, out, &size);
    if (used + size > most) {
      log_text__put(text, "...", 3);
      break;
    }
    log_text__put(text, out, size);
    used += size;
  }
  log_text__put(text, "\"", 1);
}

void log_text_number(log_text_t *text, const char *key, int64_t value)
{
  char digits[NUMBER_CHARS];
  size_t at = NUMBER_CHARS;
  uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

  if (!log_text__key(text, key, NUMBER_CHARS))
    return;
  do
    digits[--at] = (char)('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (value < 0)
    digits[--at] = '-';
  log_text__put(text, digits + at, NUMBER_CHARS - at);
}

void log_text_hash(log_text_t *text, const char *key, uint64_t value)
{
  char digits[17];

  for (int i = 15; i >= 0; i--, value >>= 4)
    digits[i] = "0123456789abcdef"[value & 15];
  digits[16] = '\0';
  log_text_string(text, key, digits, 16);
}

void log_text_true(log_text_t *text, const char *key)
{
  if (log_text__key(text, key, 4))
    log_text__put(text, "true", 4);
}

/* Objects are opened early and hold little; with their key they always fit. */
void log_text_open(log_text_t *text, const char *key)
{
  if (log_text__key(text, key, 2))
    log_text__put(text, "{", 1);
  text->follows = false;
}

void log_text_close(log_text_t *text)
{
  log_text__put(text, "}", 1);
  text->follows = true;
}

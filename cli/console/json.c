#include "json.h"

#include <inttypes.h>

/* Bytes of the UTF-8 character here, or 0 where there is none: overlong forms, surrogates and what lies
 * beyond Unicode are none. */
static int json__utf8_length(const unsigned char *c)
{
  if (c[0] < 0x80)
    return 1;
  if (c[0] < 0xc2 || c[0] > 0xf4 || (c[1] & 0xc0) != 0x80)
    return 0;
  if (c[0] < 0xe0)
    return 2;
  if ((c[0] == 0xe0 && c[1] < 0xa0) || (c[0] == 0xed && c[1] > 0x9f) || (c[2] & 0xc0) != 0x80)
    return 0;
  if (c[0] < 0xf0)
    return 3;
  if ((c[0] == 0xf0 && c[1] < 0x90) || (c[0] == 0xf4 && c[1] > 0x8f) || (c[3] & 0xc0) != 0x80)
    return 0;
  return 4;
}

static void json__put_text(json_t *json, const char *text)
{
  int length;

  fputc('"', json->stream);
  for (const unsigned char *c = (const unsigned char *)text; *c; c += length ? length : 1) {
    length = json__utf8_length(c);
    if (length == 0) /* policies may name any bytes; JSON is UTF-8 */
      fputs("\\ufffd", json->stream);
    else if (length > 1)
      fwrite(c, 1, (size_t)length, json->stream);
    else if (*c == '"' || *c == '\\')
      fprintf(json->stream, "\\%c", *c);
    else if (*c == '\n')
      fputs("\\n", json->stream);
    else if (*c < 0x20 || *c == 0x7f)
      fprintf(json->stream, "\\u%04x", *c);
    else
      fputc(*c, json->stream);
  }
  fputc('"', json->stream);
}

static void json__start(json_t *json, const char *key)
{
  if (json->follows)
    fputc(',', json->stream);
  json->follows = true;
  if (key != NULL) {
    json__put_text(json, key);
    fputc(':', json->stream);
  }
}

void json_open(json_t *json, const char *key, char bracket)
{
  json__start(json, key);
  fputc(bracket, json->stream);
  json->follows = false;
}

void json_close(json_t *json, char bracket)
{
  fputc(bracket, json->stream);
  json->follows = true;
}

void json_text(json_t *json, const char *key, const char *text)
{
  if (text == NULL) {
    json_none(json, key);
    return;
  }
  json__start(json, key);
  json__put_text(json, text);
}

void json_number(json_t *json, const char *key, int64_t number)
{
  json__start(json, key);
  fprintf(json->stream, "%" PRId64, number);
}

void json_truth(json_t *json, const char *key, bool truth)
{
  json__start(json, key);
  fputs(truth ? "true" : "false", json->stream);
}

void json_none(json_t *json, const char *key)
{
  json__start(json, key);
  fputs("null", json->stream);
}

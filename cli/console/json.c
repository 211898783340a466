#include "json.h"

#include <inttypes.h>

#include "policy.h"

static void json__put_text(json_writer_t *json, const char *text)
{
  size_t length;

  fputc('"', json->stream);
  for (const unsigned char *c = (const unsigned char *)text; *c; c += length ? length : 1) {
    length = policy_utf8_length((const char *)c);
    if (length == 0) /* policies may name any bytes; JSON is UTF-8 */
      fputs("\\ufffd", json->stream);
    else if (length > 1)
      fwrite(c, 1, length, json->stream);
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

static void json__start(json_writer_t *json, const char *key)
{
  if (json->follows)
    fputc(',', json->stream);
  json->follows = true;
  if (key != NULL) {
    json__put_text(json, key);
    fputc(':', json->stream);
  }
}

void json_open(json_writer_t *json, const char *key, char bracket)
{
  json__start(json, key);
  fputc(bracket, json->stream);
  json->follows = false;
}

void json_close(json_writer_t *json, char bracket)
{
  fputc(bracket, json->stream);
  json->follows = true;
}

void json_text(json_writer_t *json, const char *key, const char *text)
{
  if (text == NULL) {
    json_none(json, key);
    return;
  }
  json__start(json, key);
  json__put_text(json, text);
}

void json_number(json_writer_t *json, const char *key, int64_t number)
{
  json__start(json, key);
  fprintf(json->stream, "%" PRId64, number);
}

void json_truth(json_writer_t *json, const char *key, bool truth)
{
  json__start(json, key);
  fputs(truth ? "true" : "false", json->stream);
}

void json_none(json_writer_t *json, const char *key)
{
  json__start(json, key);
  fputs("null", json->stream);
}

void json_text_or_none(json_writer_t *json, const char *key, const char *text)
{
  json_text(json, key, text != NULL && text[0] ? text : NULL);
}

void json_number_or_none(json_writer_t *json, const char *key, int64_t number)
{
  if (number != 0)
    json_number(json, key, number);
  else
    json_none(json, key);
}

void json_end_line(json_writer_t *json)
{
  fputc('\n', json->stream);
  json->follows = false;
}

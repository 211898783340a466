#include "json.h"

#include <inttypes.h>

static void put_text(json_t *json, const char *text)
{
  fputc('"', json->stream);
  for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
    if (*c == '"' || *c == '\\')
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

static void start(json_t *json, const char *key)
{
  if (json->follows)
    fputc(',', json->stream);
  json->follows = true;
  if (key) {
    put_text(json, key);
    fputc(':', json->stream);
  }
}

void json_open(json_t *json, const char *key, char bracket)
{
  start(json, key);
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
  if (!text) {
    json_null(json, key);
    return;
  }
  start(json, key);
  put_text(json, text);
}

void json_number(json_t *json, const char *key, int64_t number)
{
  start(json, key);
  fprintf(json->stream, "%" PRId64, number);
}

void json_truth(json_t *json, const char *key, bool truth)
{
  start(json, key);
  fputs(truth ? "true" : "false", json->stream);
}

void json_null(json_t *json, const char *key)
{
  start(json, key);
  fputs("null", json->stream);
}

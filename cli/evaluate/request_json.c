#include "request_json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "native_files.h"

typedef struct place {
  const request_reader_t *reader;
  size_t line; /* where the value under way began, from 1 */
} place_t;

enum { WHY_MAX = 400 };

static void request_json__report(const place_t *place, const char *why)
{
  char text[WHY_MAX + 64];

  snprintf(text, sizeof text, "line %zu: %s", place->line, why);
  place->reader->mistake(place->reader->context, text);
}

static const char *request_json__kind(const json_t *value)
{
  return json_is_object(value) ? "an object" : json_is_array(value) ? "a list" : "null";
}

static bool request_json__set_field(request_spec_t *spec, const request_spec_field_t *field, json_t *value,
                                    request_spec_mistake_t *mistake)
{
  if (json_is_null(value))
    return true; /* the default */
  if (json_is_string(value))
    return request_spec_set_text(spec, field, json_string_value(value), mistake);
  if (json_is_integer(value))
    return request_spec_set_number(spec, field, json_integer_value(value), mistake);
  if (json_is_boolean(value))
    return request_spec_set_truth(spec, field, json_boolean_value(value), mistake);
  return request_spec_refuse(field, json_is_real(value) ? "a fraction" : request_json__kind(value), mistake);
}

static bool request_json__set_named(request_spec_t *spec, const char *group, const char *name, json_t *value,
                                    request_spec_mistake_t *mistake)
{
  const request_spec_field_t *field = request_spec_field(group, name, mistake);

  return field != NULL && request_json__set_field(spec, field, value, mistake);
}

static bool request_json__set_group(request_spec_t *spec, const char *group, json_t *object,
                                    request_spec_mistake_t *mistake)
{
  const char *name;
  json_t *value;

  json_object_foreach(object, name, value)
  {
    if (group[0] || !request_spec_is_group(name)) {
      if (!request_json__set_named(spec, group, name, value, mistake))
        return false;
    } else if (json_is_object(value)) {
      if (!request_json__set_group(spec, name, value, mistake))
        return false;
    } else if (strcmp(name, "app") == 0 && json_is_string(value)) {
      if (!request_json__set_named(spec, "app", "path", value, mistake))
        return false;
    } else if (!json_is_null(value)) {
      snprintf(mistake->message, sizeof mistake->message, "%s must be an object%s", name,
               name[0] == 'a' ? " or the program's path" : "");
      mistake->correction = NULL;
      return false;
    }
  }
  return true;
}

static void request_json__hand_out(const place_t *place, json_t *value)
{
  char why[WHY_MAX];
  request_spec_mistake_t mistake;
  request_spec_t spec = *place->reader->defaults;
  size_t index;
  json_t *element;

  if (json_is_array(value)) {
    json_array_foreach(value, index, element) request_json__hand_out(place, element);
  } else if (!json_is_object(value)) {
    request_json__report(place, "a request must be an object");
  } else if (!request_json__set_group(&spec, "", value, &mistake)) {
    request_spec_mistake_text(&mistake, why, sizeof why);
    request_json__report(place, why);
  } else {
    place->reader->request(place->reader->context, &spec);
  }
}

typedef struct text {
  char *bytes;
  size_t used, room;
} text_t;

/* Append one line, its end included. False at the end of the stream. */
static bool request_json__add_line(text_t *text, FILE *stream)
{
  int c;
  size_t before = text->used;

  while ((c = fgetc(stream)) != EOF) {
    if (text->used + 2 > text->room) {
      size_t room = text->room ? text->room * 2 : 1024;
      char *bytes = realloc(text->bytes, room);

      if (bytes == NULL)
        return false;
      text->bytes = bytes;
      text->room = room;
    }
    text->bytes[text->used++] = (char)c;
    if (c == '\n')
      break;
  }
  return text->used > before;
}

static bool request_json__is_blank(const text_t *text)
{
  for (size_t i = 0; i < text->used; i++)
    if (strchr(" \t\r\n", text->bytes[i]) == NULL || !text->bytes[i])
      return false;
  return true;
}

/* Where the reading goes on after a mistake: at the next line that begins an object, else at the end. */
static size_t request_json__next_object(const text_t *text, size_t at, size_t *line)
{
  while (++at < text->used) {
    *line += text->bytes[at - 1] == '\n';
    if (text->bytes[at - 1] == '\n' && text->bytes[at] == '{')
      break;
  }
  return at;
}

/* Hand out the values that the text holds whole. False where the last one goes on in the next line. */
static bool request_json__read_values(place_t *place, const text_t *text, bool last)
{
  size_t at = 0;

  if (text->used >= 3 && memcmp(text->bytes, "\xef\xbb\xbf", 3) == 0)
    at = 3; /* a byte order mark */
  while (!request_json__is_blank(&(text_t){text->bytes + at, text->used - at, 0})) {
    json_error_t error;
    json_t *value = json_loadb(text->bytes + at, text->used - at,
                               JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &error);

    if (value != NULL) {
      request_json__hand_out(place, value);
      json_decref(value);
      at += (size_t)error.position; /* of what follows the value */
      continue;
    }
    if (!last && json_error_code(&error) == json_error_premature_end_of_input && at <= 3)
      return false;
    char why[WHY_MAX];
    snprintf(why, sizeof why, "invalid JSON (line %zu, column %d): %s", place->line + (size_t)error.line - 1,
             error.column, error.text);
    request_json__report(place, why);
    at = request_json__next_object(text, at, &place->line);
  }
  return true;
}

void request_json_read(FILE *stream, const request_reader_t *reader)
{
  text_t text = {NULL, 0, 0};
  place_t place = {reader, 1};
  size_t lines = 0;
  bool more = true;

  while (more) {
    more = request_json__add_line(&text, stream);
    lines += more;
    if (!text.used || (more && !request_json__read_values(&place, &text, false)))
      continue;
    if (!more)
      request_json__read_values(&place, &text, true);
    text.used = 0;
    place.line = lines + 1;
  }
  free(text.bytes);
}

bool request_json_read_file(const char *path, const request_reader_t *reader)
{
  FILE *stream = strcmp(path, "-") == 0 ? stdin : native_files_open(path);

  if (stream == NULL) {
    fprintf(stderr, "sockwarden: %s: %s\n", path, strerror(errno));
    return false;
  }
  request_json_read(stream, reader);
  if (stream != stdin)
    fclose(stream);
  return true;
}

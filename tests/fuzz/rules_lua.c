#include "rules_lua.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "expect.h"

typedef struct writer {
  case_file_t *file;
  bytes_t *bytes;
  int32_t line;
} writer_t;

__attribute__((format(printf, 2, 3))) static void put(writer_t *writer, const char *format, ...)
{
  case_file_t *file = writer->file;
  size_t room = sizeof file->text - file->size;
  va_list arguments;

  va_start(arguments, format);
  int length = vsnprintf(file->text + file->size, room, format, arguments);
  va_end(arguments);
  expect(length >= 0 && (size_t)length < room, "no room for the policy");
  for (int i = 0; i < length; i++)
    writer->line += file->text[file->size + (size_t)i] == '\n';
  file->size += (size_t)length;
}

/* A blank, or anything else that separates words. */
static void put_space(writer_t *writer)
{
  static const char *const spaces[] = {" ", "\n", " -- so\n", "\r\n"};

  put(writer, "%s", bytes_rarely(writer->bytes, 4) ? spaces[bytes_below(writer->bytes, 4)] : " ");
}

static void put_text(writer_t *writer, const char *text)
{
  if (strchr(text, ']') == NULL && bytes_rarely(writer->bytes, 3)) {
    put(writer, "[[%s]]", text);
    return;
  }
  put(writer, "\"");
  for (const unsigned char *c = (const unsigned char *)text; *c; c++)
    put(writer, isalnum(*c) ? "%c" : "\\%03d", *c);
  put(writer, "\"");
}

static void put_number(writer_t *writer, policy_constants_t words, int32_t value)
{
  const char *name = policy_constant_name(words, value);

  if (name != NULL && bytes_below(writer->bytes, 2))
    put(writer, "%s", name);
  else if (bytes_rarely(writer->bytes, 8))
    put(writer, "%d.0", (int)value);
  else
    put(writer, "0x%x", (unsigned)value);
}

static void open_values(writer_t *writer, const char *field, case_form_t form)
{
  put(writer, "%s", field);
  put_space(writer);
  put(writer, "=");
  put_space(writer);
  put(writer, "%s", form == FORM_SINGLE ? "" : form == FORM_LIST ? "{" : "none_of {");
}

static void close_values(writer_t *writer, case_form_t form)
{
  put(writer, "%s,", form == FORM_SINGLE ? "" : "}");
  put_space(writer);
}

static void put_numbers(writer_t *writer, const char *field, policy_constants_t words,
                        const case_numbers_t *numbers)
{
  if (!numbers->given)
    return;
  open_values(writer, field, numbers->form);
  for (size_t i = 0; i < numbers->count; i++) {
    put_number(writer, words, numbers->values[i]);
    put(writer, numbers->form == FORM_SINGLE ? "" : ", ");
  }
  close_values(writer, numbers->form);
}

static void put_values(writer_t *writer, const char *field, const case_values_t *values)
{
  if (!values->given)
    return;
  open_values(writer, field, values->form);
  for (size_t i = 0; i < values->count; i++) {
    if (values->values[i].is_text)
      put_text(writer, values->values[i].text);
    else
      put(writer, values->values[i].truth ? "true" : "false");
    put(writer, values->form == FORM_SINGLE ? "" : ", ");
  }
  close_values(writer, values->form);
}

static void put_verdict(writer_t *writer, const case_verdict_t *verdict)
{
  if (verdict->action == POLICY_ALLOW) {
    put(writer, "allow()");
  } else if (verdict->action == POLICY_REJECT) {
    put(writer, "reject(");
    put_number(writer, POLICY_CONSTANTS_ERROR, verdict->error);
    if (verdict->has_reason) {
      put(writer, ", ");
      put_text(writer, verdict->reason);
    }
    put(writer, ")");
  } else {
    put(writer, "rewrite {");
    if (verdict->names_af) {
      put(writer, "af = ");
      put_number(writer, POLICY_CONSTANTS_AF, verdict->triple.af);
      put(writer, ",");
    }
    if (verdict->has_reason) {
      put(writer, "reason = ");
      put_text(writer, verdict->reason);
      put(writer, ";");
    }
    if (verdict->names_type) {
      put(writer, "type = ");
      put_number(writer, POLICY_CONSTANTS_TYPE, verdict->triple.type);
      put(writer, ",");
    }
    if (verdict->names_protocol) {
      put(writer, "protocol = ");
      put_number(writer, POLICY_CONSTANTS_PROTOCOL, verdict->triple.protocol);
    }
    put(writer, "}");
  }
}

static void put_rule(writer_t *writer, case_step_t *step)
{
  step->line = writer->line;
  put(writer, "rule {");
  put_space(writer);
  bool verdict_first = bytes_below(writer->bytes, 2);
  if (verdict_first) {
    put(writer, "verdict = ");
    put_verdict(writer, &step->verdict);
    put(writer, ",");
    put_space(writer);
  }
  if (step->has_name) {
    put(writer, "name = ");
    put_text(writer, step->name);
    put(writer, ",");
    put_space(writer);
  }
  put_values(writer, "app", &step->app);
  put_numbers(writer, "protocol", POLICY_CONSTANTS_PROTOCOL, &step->protocol);
  put_numbers(writer, "af", POLICY_CONSTANTS_AF, &step->af);
  put_values(writer, "shared", &step->shared);
  put_values(writer, "service", &step->service);
  put_numbers(writer, "type", POLICY_CONSTANTS_TYPE, &step->type);
  put_values(writer, "user", &step->user);
  put_numbers(writer, "flags", POLICY_CONSTANTS_FLAG, &step->flags);
  put_values(writer, "provider", &step->provider);
  put_values(writer, "elevated", &step->elevated);
  if (!verdict_first) {
    put(writer, "verdict = ");
    put_verdict(writer, &step->verdict);
  }
  put(writer, "}");
}

/* "(not) (field is one of these)" as an expression. */
static void put_test(writer_t *writer, const char *format, const case_numbers_t *numbers)
{
  if (!numbers->given)
    return;
  put(writer, " and %s (false", numbers->form == FORM_NONE_OF ? "not" : "");
  for (size_t i = 0; i < numbers->count; i++) {
    char value[16];

    snprintf(value, sizeof value, "%d", (int)numbers->values[i]);
    put(writer, " or ");
    for (const char *c = format; *c; c++)
      if (*c == '#')
        put(writer, "%s", value);
      else
        put(writer, "%c", *c);
  }
  put(writer, ")");
}

static void put_function(writer_t *writer, case_step_t *step)
{
  case_numbers_t shared = {step->shared.given, step->shared.form, step->shared.count, {0}};

  for (size_t i = 0; i < shared.count; i++)
    shared.values[i] = step->shared.values[i].truth;
  step->line = writer->line;
  put(writer, "on_socket(function(r)");
  put_space(writer);
  put(writer, "if true");
  put_test(writer, "r.af == #", &step->af);
  put_test(writer, "r.type == #", &step->type);
  put_test(writer, "r.protocol == #", &step->protocol);
  put_test(writer, "r.flags & # == #", &step->flags);
  put_test(writer, "(r.shared and 1 or 0) == #", &shared);
  put(writer, " then return ");
  put_verdict(writer, &step->verdict);
  put(writer, " end end)");
}

void rules_lua_write(case_file_t *file, bytes_t *bytes)
{
  writer_t writer = {file, bytes, 1};

  file->size = 0;
  if (file->ignored)
    put(&writer, "this would not load");
  for (size_t i = 0; i < file->step_count; i++) {
    if (file->steps[i].function)
      put_function(&writer, &file->steps[i]);
    else
      put_rule(&writer, &file->steps[i]);
    put_space(&writer);
  }
}

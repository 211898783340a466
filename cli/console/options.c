#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy_tools.h"

static void options__print_help(const char *command, const char *summary, const option_t *options)
{
  printf("usage: sockwarden %s %s\n\n", command, summary);
  for (const option_t *option = options; option->name != NULL; option++) {
    char head[64];

    snprintf(head, sizeof head, "--%s%s%s", option->name, option->value != NULL ? " " : "",
             option->value != NULL ? option->value : "");
    printf("  %-28s %s\n", head, option->help);
  }
  printf("  %-28s %s\n", "--help", "print this text");
}

/* The option that an argument such as --name or --name=VALUE is; NULL where there is none. */
static const option_t *options__find(const option_t *options, const char *argument)
{
  if (strncmp(argument, "--", 2) != 0)
    return NULL;
  const char *name = argument + 2;
  size_t length = strcspn(name, "=");
  for (const option_t *option = options; option->name != NULL; option++)
    if (strlen(option->name) == length && strncmp(option->name, name, length) == 0)
      return option;
  return NULL;
}

static int options__unknown(const char *command, const option_t *options, const char *given)
{
  enum { NAMES = 64 };
  const char *names[NAMES + 1] = {"help"};
  size_t count = 1;
  char name[64];
  const char *argument = given + strspn(given, "-");

  snprintf(name, sizeof name, "%.*s", (int)strcspn(argument, "="), argument);
  for (const option_t *option = options; option->name != NULL && count < NAMES; option++)
    names[count++] = option->name;
  names[count] = NULL;
  const char *best = policy_nearest_name(name, names);
  fprintf(stderr, "sockwarden %s: unknown option %s", command, given);
  if (best != NULL)
    fprintf(stderr, "; did you mean --%s?", best);
  fprintf(stderr, "\nTry: sockwarden %s --help\n", command);
  return EXIT_USAGE;
}

static bool options__is_truth(const char *text)
{
  return text != NULL && (strcmp(text, "true") == 0 || strcmp(text, "false") == 0);
}

static bool options__store(const option_t *option, const char *value)
{
  char *end;

  switch (option->kind) {
  case OPTION_TEXT:
    *(const char **)option->target = value;
    return true;
  case OPTION_SWITCH:
    *(bool *)option->target = true;
    return true;
  case OPTION_TRUTH:
    *(bool *)option->target = value == NULL || strcmp(value, "true") == 0;
    if (value == NULL || options__is_truth(value))
      return true;
    fprintf(stderr, "sockwarden: --%s must be true or false, not '%s'\n", option->name, value);
    return false;
  case OPTION_NUMBER: {
    unsigned long long number = strtoull(value, &end, 0);

    if (value[0] >= '0' && value[0] <= '9' && !*end && number <= UINT32_MAX) {
      *(uint32_t *)option->target = (uint32_t)number;
      return true;
    }
    fprintf(stderr, "sockwarden: --%s must be a number from 0 to 4294967295, not '%s'\n", option->name,
            value);
    return false;
  }
  case OPTION_OTHER:
    break;
  }
  return option->parse(option->name, value, option->target);
}

/* The value of the option in argv[*at]: what follows its equals sign, or the next argument, which is then
 * taken. False where it has one too many or none. */
static bool options__take_value(const char *command, const option_t *option, int argc, char **argv, int *at,
                                const char **value)
{
  const char *equals = strchr(argv[*at], '=');
  bool has_next = *at + 1 < argc;

  *value = equals != NULL ? equals + 1 : NULL;
  if (option->kind == OPTION_SWITCH && *value != NULL) {
    fprintf(stderr, "sockwarden %s: --%s takes no value\n", command, option->name);
    return false;
  }
  if (*value != NULL || option->kind == OPTION_SWITCH)
    return true;
  if (option->kind == OPTION_TRUTH && !(has_next && options__is_truth(argv[*at + 1])))
    return true;
  if (!has_next) {
    fprintf(stderr, "sockwarden %s: --%s needs a value (%s)\n", command, option->name, option->value);
    return false;
  }
  *value = argv[++*at];
  return true;
}

int options_parse(const char *command, const char *summary, const option_t *options, int argc, char **argv,
                  const char **operand)
{
  bool only_operands = false;

  if (operand != NULL)
    *operand = NULL;
  for (int i = 0; i < argc; i++) {
    const char *argument = argv[i], *value;

    if (only_operands || argument[0] != '-' || !argument[1]) {
      if (operand == NULL || *operand != NULL) {
        fprintf(stderr, "sockwarden %s: unexpected argument '%s'\n", command, argument);
        return EXIT_USAGE;
      }
      *operand = argument;
      continue;
    }
    if (strcmp(argument, "--") == 0) {
      only_operands = true;
      continue;
    }
    if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0) {
      options__print_help(command, summary, options);
      return EXIT_DONE;
    }
    const option_t *option = options__find(options, argument);
    if (option == NULL)
      return options__unknown(command, options, argument);
    if (!options__take_value(command, option, argc, argv, &i, &value) || !options__store(option, value))
      return EXIT_USAGE;
  }
  return -1;
}

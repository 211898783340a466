/*
 * options.h - command line options: --name VALUE or --name=VALUE, described in a table that also prints the
 * help.
 */
#ifndef SOCKWARDEN_OPTIONS_H
#define SOCKWARDEN_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

typedef enum option_kind {
  OPTION_TEXT,   /* const char * */
  OPTION_SWITCH, /* bool: present */
  OPTION_TRUTH,  /* bool: --name, --name true, --name false */
  OPTION_NUMBER, /* uint32_t */
  OPTION_OTHER   /* `parse` decides; target is its argument */
} option_kind_t;

typedef struct option {
  const char *name; /* without the dashes */
  option_kind_t kind;
  void *target;
  const char *value; /* what the value is called in the help; NULL for switches */
  const char *help;
  /* For OPTION_OTHER: false where the value is wrong; the function has reported why. */
  bool (*parse)(const char *name, const char *value, void *target);
} option_t;

/*
 * Parse argv[0..argc) (what follows the subcommand). `operand` receives the one argument that is no option,
 * or NULL where there is none; a NULL `operand` takes none. Returns -1 to go on, or an exit status:
 * EXIT_USAGE, reported on stderr, or EXIT_DONE after --help.
 */
int options_parse(const char *command, const char *summary, const option_t *options, int argc, char **argv,
                  const char **operand);

#endif

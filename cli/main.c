#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "native_text.h"
#include "options.h"
#include "policy_tools.h"

static const struct command {
  const char *name;
  int (*run)(int argc, char **argv);
  const char *help;
} commands[] = {
    {"check", command_check, "find the mistakes in a folder of policies"},
    {"eval", command_eval, "decide socket calls as the policies of a folder would"},
    {"matrix", command_matrix, "show what programs get of every kind of socket, or what changes"},
    {"test", command_test, "run the tests beside policies"},
    {"log", command_log, "read what the layer decided and why"},
    {"bench", command_bench, "measure how long decisions take"},
    {"init", command_init, "write a first policy with its test"},
    {"annotations", command_annotations, "print what editors and luacheck need to know of the language"},
    {"completion", command_completion, "print completion for bash or powershell"},
#ifdef _WIN32
    {"install", command_install, "put the layer into both catalogs"},
    {"uninstall", command_uninstall, "take it out again"},
    {"status", command_status, "what is installed, and what looks wrong"},
    {"verify", command_verify, "the catalog's health, as an exit status"},
    {"repair", command_repair, "mend the catalog, or go back to a snapshot"},
    {"exclude", command_exclude, "let one program load no layers"},
#endif
};

static void main__print_usage(FILE *stream)
{
  fprintf(stream, "usage: sockwarden COMMAND ...\n\n");
  for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
    fprintf(stream, "  %-12s %s\n", commands[i].name, commands[i].help);
  fprintf(stream,
          "\nEach has its own --help. Exit status: 0 done, 1 the thing asked about failed, 2 usage.\n");
}

int main(int argc, char **argv)
{
  enum { COMMANDS = sizeof commands / sizeof commands[0] };
  const char *names[COMMANDS + 1] = {NULL};

  if (!native_text_start(&argc, &argv))
    return EXIT_FAILED;
  if (argc < 2) {
    main__print_usage(stderr);
    return EXIT_USAGE;
  }
  if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
    main__print_usage(stdout);
    return EXIT_DONE;
  }
  for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
    if (strcmp(argv[1], commands[i].name) == 0)
      return commands[i].run(argc - 2, argv + 2);
    names[i] = commands[i].name;
  }
  const char *best = policy_nearest_name(argv[1], names);
  fprintf(stderr, "sockwarden: unknown command '%s'", argv[1]);
  if (best != NULL)
    fprintf(stderr, "; did you mean %s?", best);
  fprintf(stderr, "\n");
  main__print_usage(stderr);
  return EXIT_USAGE;
}

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
    {"eval", command_eval, "show what policies decide for a socket call, and why"},
    {"matrix", command_matrix, "show what policies decide for every kind of socket, or what changes"},
    {"test", command_test, "run the tests of policies"},
    {"log", command_log, "show what was decided in programs, and why"},
    {"bench", command_bench, "measure how long decisions take"},
    {"init", command_init, "write a starter policy and its test"},
    {"annotations", command_annotations, "print definitions of the policy language for editors and luacheck"},
    {"completion", command_completion, "print a completion script for bash or PowerShell"},
#ifdef _WIN32
    {"install", command_install, "install Sockwarden into the Winsock catalogs"},
    {"uninstall", command_uninstall, "uninstall it"},
    {"status", command_status, "show what is installed and what is wrong"},
    {"verify", command_verify, "check the Winsock catalogs; exit status 1 where something is wrong"},
    {"repair", command_repair, "repair the Winsock catalogs, or restore a snapshot"},
    {"exclude", command_exclude, "exclude one program from layers"},
#endif
};

static void main__print_usage(FILE *stream)
{
  fprintf(stream, "usage: sockwarden COMMAND ...\n\n");
  for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
    fprintf(stream, "  %-12s %s\n", commands[i].name, commands[i].help);
  fprintf(
      stream,
      "\nEach command has --help. Exit status: 0 done, 1 failed or found something wrong, 2 wrong usage.\n");
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

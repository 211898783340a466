/*
 * commands.h - the subcommands. Each gets what follows its name and returns the exit status (options.h).
 */
#ifndef SOCKWARDEN_COMMANDS_H
#define SOCKWARDEN_COMMANDS_H

int command_annotations(int argc, char **argv);
int command_bench(int argc, char **argv);
int command_check(int argc, char **argv);
int command_completion(int argc, char **argv);
int command_eval(int argc, char **argv);
int command_init(int argc, char **argv);
int command_log(int argc, char **argv);
int command_matrix(int argc, char **argv);
int command_test(int argc, char **argv);

/* Windows only. */
int command_install(int argc, char **argv);
int command_uninstall(int argc, char **argv);
int command_status(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_repair(int argc, char **argv);
int command_exclude(int argc, char **argv);

#endif

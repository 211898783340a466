/*
 * commands.h - the subcommands. Each gets what follows its name and returns the exit status (options.h).
 */
#ifndef SOCKWARDEN_COMMANDS_H
#define SOCKWARDEN_COMMANDS_H

int command_check(int argc, char **argv);
int command_eval(int argc, char **argv);

#endif

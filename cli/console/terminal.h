/*
 * terminal.h - colours, where a person looks.
 */
#ifndef SOCKWARDEN_TERMINAL_H
#define SOCKWARDEN_TERMINAL_H

#include <stdbool.h>

/* Whether stdout is a terminal that shows colours, and NO_COLOR is not set. */
bool terminal_has_colours(void);

#endif

/*
 * log_columns.h - records of the decision log for people: one a line, in columns, on stdout.
 */
#ifndef SOCKWARDEN_LOG_COLUMNS_H
#define SOCKWARDEN_LOG_COLUMNS_H

#include <jansson.h>

void log_columns_print_heading(void);
void log_columns_print(const json_t *record);

#endif

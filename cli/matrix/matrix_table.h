/*
 * matrix_table.h - a matrix for people: a table, what decided, and what decided nothing.
 */
#ifndef SOCKWARDEN_MATRIX_TABLE_H
#define SOCKWARDEN_MATRIX_TABLE_H

#include "matrix.h"

/* Print on stdout. False, and nothing printed, where memory is short. */
bool matrix_table_print(const matrix_t *matrix, bool colours);

#endif

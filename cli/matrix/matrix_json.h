/*
 * matrix_json.h - a matrix for programs.
 */
#ifndef SOCKWARDEN_MATRIX_JSON_H
#define SOCKWARDEN_MATRIX_JSON_H

#include "matrix.h"

/* One object on stdout. */
void matrix_json_print(const matrix_t *matrix);

#endif

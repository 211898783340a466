/*
 * matrix.h - what programs get of every kind of socket, in rows of calls that are decided alike, and what
 * changes between two folders of policies.
 */
#ifndef SOCKWARDEN_MATRIX_H
#define SOCKWARDEN_MATRIX_H

#include "decisions.h"

#define MATRIX_NO_ROW SIZE_MAX

typedef struct matrix {
  const request_spec_t *programs; /* borrowed */
  size_t program_count;
  const char *folder, *other; /* borrowed; other: compared with; NULL where nothing is */
  decisions_t now, before;    /* by `folder` and by `other` */
  size_t *rows; /* by call: the first call of its row; MATRIX_NO_ROW where it is not to be shown */
} matrix_t;

/* Decide for the programs by the folder in *settings and, where it is not NULL, by the other one. False where
 * memory is short. matrix_free frees it in any case. */
bool matrix_make(matrix_t *matrix, const policy_settings_t *settings, const char *other,
                 const request_spec_t *programs, size_t program_count);
void matrix_free(matrix_t *matrix);

/* Whether the two folders decide that call of that program differently. */
bool matrix_changes(const matrix_t *matrix, size_t program, size_t call);

/* Errors in the policies of both folders. */
size_t matrix_errors(const matrix_t *matrix);

#endif

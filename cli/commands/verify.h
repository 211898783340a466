/*
 * verify.h - the list of what is wrong, for verify and status.
 */
#ifndef SOCKWARDEN_VERIFY_H
#define SOCKWARDEN_VERIFY_H

#include "json.h"
#include "transaction.h"

/* Prints each problem: a line, or into the open array of *json. Returns how many there are. */
size_t verify_list_problems(const machine_catalogs_t *catalogs, const transaction_t *transaction,
                            json_t *json);

#endif

/*
 * status_print.h - what `sockwarden status` and `sockwarden verify` print, on stdout.
 */
#ifndef SOCKWARDEN_CLI_STATUS_PRINT_H
#define SOCKWARDEN_CLI_STATUS_PRINT_H

#include "json.h"
#include "machine_health.h"
#include "machine_policies.h"

/* ---- status_text.c: for people ---- */

void status_text_print(const machine_health_t *health, const machine_policies_t *policies);
void status_text_print_problems(const machine_health_t *health); /* one a line */

/* ---- status_json.c: for programs ---- */

void status_json_print(const machine_health_t *health, const machine_policies_t *policies);
void status_json_put_problems(json_writer_t *json, const machine_health_t *health); /* a member "problems" */

#endif

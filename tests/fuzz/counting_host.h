/*
 * counting_host.h - a policy_host_t that counts memory, tells given settings and facts, and looks at every
 * report.
 */
#ifndef SOCKWARDEN_FUZZ_COUNTING_HOST_H
#define SOCKWARDEN_FUZZ_COUNTING_HOST_H

#include "policy.h"

typedef struct counting_host {
  policy_settings_t settings;
  policy_attribute_value_t facts[POLICY_ATTRIBUTE_COUNT];
  bool unknown[POLICY_ATTRIBUTE_COUNT]; /* cannot be had */
  size_t reports[POLICY_ERROR + 1];
  char first_error[512]; /* in words */
  size_t blocks, bytes, most_bytes;
} counting_host_t;

/* C:\Tools\Probe.exe, run by CORP\alice; the engine's defaults. */
void counting_host_init(counting_host_t *counting);

/* *counting is borrowed. */
policy_host_t counting_host_policy_host(counting_host_t *counting);

/* The engine is gone and has left nothing behind. */
void counting_host_expect_empty(const counting_host_t *counting);

/* Every field of a verdict is one that the contract allows for this request. */
void counting_host_expect_verdict(const counting_host_t *counting, const policy_request_t *request,
                                  const policy_verdict_t *verdict);

#endif

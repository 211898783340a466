/*
 * process_attributes.h - what the policies may know of the process they run in.
 */
#ifndef SOCKWARDEN_WINHOST_PROCESS_ATTRIBUTES_H
#define SOCKWARDEN_WINHOST_PROCESS_ATTRIBUTES_H

#include "policy.h"

typedef struct process_attributes process_attributes_t;

/* An empty cache; NULL where memory is short. The caller owns it. */
process_attributes_t *process_attributes_new(void);

/* Free it and every text it gave out. NULL does nothing. */
void process_attributes_free(process_attributes_t *attributes);

/*
 * Read one attribute (policy_host_t.read_attribute). Computed when first asked for, then kept; two threads
 * may compute one at the same time, no lock is held. Names of accounts and services take RPC; where that
 * fails it is not tried again for a minute. The token is the process's: the caller sees to it that this
 * thread does not impersonate.
 *
 * elevated: the token's TokenElevation, which also holds for an administrator where UAC is off.
 * service: the token has the SERVICE group (a logon of type service, so also a child process of a service),
 * or a running service is registered under this process id; the text names those services.
 */
bool process_attributes_read(process_attributes_t *attributes, policy_attribute_t attribute,
                             policy_attribute_value_t *value);

/* The account's name where a policy had it looked up, else NULL: it takes RPC, which nobody does for a log.
 * The text stays as long as `attributes`. */
const char *process_attributes_user_if_known(const process_attributes_t *attributes);

#endif

/* Winsock's constants by name. */
#ifndef SOCKWARDEN_TESTS_PROBE_NAMES_H
#define SOCKWARDEN_TESTS_PROBE_NAMES_H

#include <stdbool.h>

typedef enum probe_name_kind { PROBE_FAMILY, PROBE_TYPE, PROBE_PROTOCOL } probe_name_kind_t;

/* A number (any base C knows), or a name as in `inet6`, `AF_INET6`, `raw`, `IPPROTO_ICMP`; case does not
 * matter. */
bool probe_parse(probe_name_kind_t kind, const char *text, int *value);

/* "inet6", or NULL where the number has no name here. */
const char *probe_name(probe_name_kind_t kind, int value);

/* "WSAEACCES", or NULL. */
const char *probe_error_name(int error);

#endif

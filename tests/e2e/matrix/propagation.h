#ifndef SOCKWARDEN_TESTS_PROPAGATION_H
#define SOCKWARDEN_TESTS_PROPAGATION_H

#include "events.h"

/* WSPStartup, WSPDuplicateSocket, WSPAddressToString, WSPStringToAddress: what every provider of the shape is
 * handed, for every entry of the catalog that a program can name. Counts cases and failures. */
void propagation_run(const shape_t *shape, events_t *seen, long *cases, long *failures);

#endif

/* The base provider's 30 functions. */
#ifndef SOCKWARDEN_TESTS_BASE_FUNCTIONS_H
#define SOCKWARDEN_TESTS_BASE_FUNCTIONS_H

#include <winsock2.h>
#include <ws2spi.h>

WSPPROC_TABLE base_functions(void);

#endif

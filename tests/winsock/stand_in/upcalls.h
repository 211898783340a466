/* The 15 functions that ws2_32 offers its providers. */
#ifndef SOCKWARDEN_TESTS_UPCALLS_H
#define SOCKWARDEN_TESTS_UPCALLS_H

#include <winsock2.h>
#include <ws2spi.h>

WSPUPCALLTABLE upcalls_table(void);

#endif

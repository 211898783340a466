/* The functions that may be overlapped. */
#ifndef SOCKWARDEN_TESTS_TRANSFER_H
#define SOCKWARDEN_TESTS_TRANSFER_H

#include <winsock2.h>
#include <ws2spi.h>

void transfer_complete_table(WSPPROC_TABLE *table);

#endif

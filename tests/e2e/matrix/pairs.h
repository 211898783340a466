/* Two sockets on loopback that reach each other; for RAW one that reaches itself. */
#ifndef SOCKWARDEN_TESTS_PAIRS_H
#define SOCKWARDEN_TESTS_PAIRS_H

#include "shape.h"

typedef struct pair {
  SOCKET one, other; /* the same socket for RAW */
} pair_t;

/* What RAW sockets of a kind are made with here: Wine refuses ICMPv6. */
int pair_protocol(int kind);

bool pair_make(int kind, pair_t *pair);
void pair_close(const pair_t *pair);

/* Whether what is sent through one arrives at the other. One process may send and another receive. */
bool pair_send(SOCKET s, char mark);
bool pair_receive(SOCKET s, char mark);

#endif

/*
 * loopback.h - whether sockets work: TCP and UDP over IPv4 and IPv6, on loopback, as any program would use
 * them.
 */
#ifndef SOCKWARDEN_INSTALLER_LOOPBACK_H
#define SOCKWARDEN_INSTALLER_LOOPBACK_H

#include <stdbool.h>
#include <stddef.h>

enum { LOOPBACK_TCP4, LOOPBACK_UDP4, LOOPBACK_TCP6, LOOPBACK_UDP6, LOOPBACKS };

typedef enum loopback_result {
  LOOPBACK_UNKNOWN, /* the child could not tell */
  LOOPBACK_FAILED,
  LOOPBACK_REFUSED, /* the layer answered: the policies in force reject this socket */
  LOOPBACK_AROUND,  /* works, but not through us */
  LOOPBACK_THROUGH  /* works, through us */
} loopback_result_t;

/* "tcp-ipv4" */
const char *loopback_name(int which);
const char *loopback_word(loopback_result_t result);

/* Tries one in this process. *error receives why it failed. `refuses` tells whether the policies would refuse
 * that triple with that error; NULL: they never do. */
loopback_result_t loopback_try(int which, int *error,
                               bool (*refuses)(int family, int type, int protocol, int error));

/* Lets a fresh process try all (`sockwarden verify --loopback`). False where it did not come back with an
 * answer. */
bool loopback_in_child(loopback_result_t results[LOOPBACKS]);

/* Whether what worked before works now, and through us where `through`. Tells on stderr what does not. */
bool loopback_still_works(const loopback_result_t before[LOOPBACKS], const loopback_result_t now[LOOPBACKS],
                          bool through);

#endif

/*
 * loopback.h - whether sockets work in this process: TCP and UDP over IPv4 and IPv6, on loopback, as any
 * program would use them.
 */
#ifndef SOCKWARDEN_INSTALLER_LOOPBACK_H
#define SOCKWARDEN_INSTALLER_LOOPBACK_H

#include <stdbool.h>

enum { LOOPBACK_TCP4, LOOPBACK_UDP4, LOOPBACK_TCP6, LOOPBACK_UDP6, LOOPBACKS };

typedef enum loopback_result {
  LOOPBACK_UNKNOWN, /* there was no answer */
  LOOPBACK_FAILED,
  LOOPBACK_REFUSED, /* the layer answered: the policies in force reject this socket */
  LOOPBACK_AROUND,  /* works, but not through us */
  LOOPBACK_THROUGH  /* works, through us */
} loopback_result_t;

/* "tcp-ipv4"; "works-through-sockwarden". Static text. */
const char *loopback_name(int which);
const char *loopback_word(loopback_result_t result);

/* Tries one. *error receives why it failed. `refuses` says whether the policies would refuse that triple with
 * that error; NULL: they never do. Waits 10 seconds at most for what was sent. */
loopback_result_t loopback_try(int which, int *error,
                               bool (*refuses)(int family, int type, int protocol, int error));

#endif

/* What handed.exe and its children tell each other, through pipes. */
#ifndef SOCKWARDEN_TESTS_HANDED_H
#define SOCKWARDEN_TESTS_HANDED_H

#include "shape.h"

typedef struct order {
  int kind;
  SOCKET inherited;       /* 0: the socket is in `info` */
  WSAPROTOCOL_INFOW info; /* from WSADuplicateSocket */
  DWORD parent;           /* process id, to hand the socket back to; 0: close it */
} order_t;

typedef struct report {
  int own_error;              /* of a socket that the child makes itself; 0: there was one */
  WSAPROTOCOL_INFOW own_info; /* what SO_PROTOCOL_INFO tells of it */
  int error;                  /* of the socket handed over; 0: it is there */
  DWORD owner;                /* the catalog id of the handle's owner */
  WSAPROTOCOL_INFOW info;     /* what SO_PROTOCOL_INFO tells of it */
  bool received, sent;
  int back_error;
  WSAPROTOCOL_INFOW back; /* for the parent */
} report_t;

/* The child's part: takes orders from standard input until it ends, reports to standard output. */
int handed_child(void);

#endif

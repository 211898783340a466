/* What Winsock should do, worked out from its documentation and from the words of LPWSPSocket; no code of the
 * layer's or of the stand-in's. */
#ifndef SOCKWARDEN_TESTS_MODEL_H
#define SOCKWARDEN_TESTS_MODEL_H

#include "events.h"

typedef enum action { MODEL_ALLOW, MODEL_REJECT, MODEL_REWRITE } action_t;

/* What the policy says of every socket of the process. */
typedef struct verdict {
  action_t action;
  int error;  /* reject */
  int target; /* rewrite: the kind, with the kind's protocol number */
} verdict_t;

/* One call of WSASocketW. */
typedef struct attempt {
  int af, type, protocol;
  const WSAPROTOCOL_INFOW *info;
  GROUP g;
  DWORD flags;
} attempt_t;

typedef struct outcome {
  int error;              /* 0: there is a socket */
  events_t handed;        /* WSPSocket, from the top down */
  int owner_level;        /* whose handle it is: the entry by which ws2_32 routes every later call */
  WSAPROTOCOL_INFOW info; /* what SO_PROTOCOL_INFO tells */
} outcome_t;

void model_predict(const shape_t *shape, const verdict_t *verdict, const attempt_t *attempt,
                   outcome_t *outcome);

/* The level that owns a handle made through the layers 0 to `top`. */
int model_owner(const shape_t *shape, int top);

/* The providers from that level down are handed an info, in `call`: layers the same, the base provider its
 * own, with that state in dwProviderReserved. Ours tells nothing. */
void model_handed_down(const shape_t *shape, int level, int kind, const WSAPROTOCOL_INFOW *info,
                       DWORD reserved, const char *call, events_t *handed);

#endif

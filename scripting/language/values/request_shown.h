/*
 * request_shown.h - what the requests of a state show, and finding the one that shows a call: the path of
 * every decision that a function has a part in, and inline for that reason.
 */
#ifndef SOCKWARDEN_REQUEST_SHOWN_H
#define SOCKWARDEN_REQUEST_SHOWN_H

#include <string.h>

#include "policy.h"
#include "script.h"

/*
 * The requests that functions are handed: a few tables a state, each showing one call. Programs make few
 * kinds of sockets, so mostly one of them shows the call at hand already and nothing needs to be written.
 * They are frozen (read_only.h): reading a field is one look-up of Lua's own, without a call into C.
 */
enum { REQUESTS_SHOWN = 8 };

typedef struct request_shown {
  policy_triple_t requested, effective;
  uint32_t flags, catalog_id;
  bool shared;
  bool valid; /* all fields were written, and these are their values */
  uint64_t provider_number;
  char provider[POLICY_RULE_MAX];
} request_shown_t;

typedef struct requests {
  uint32_t next; /* to be written */
  request_shown_t shown[REQUESTS_SHOWN];
} requests_t;

static inline bool request_shown__same_triple(const policy_triple_t *a, const policy_triple_t *b)
{
  return memcmp(a, b, sizeof *a) == 0;
}

static inline const char *request_shown_provider(const policy_request_t *request)
{
  return request->provider != NULL ? request->provider : "";
}

static inline bool request_shown__is_through(const request_shown_t *shown, const policy_request_t *request)
{
  return (request->provider_number && request->provider_number == shown->provider_number) ||
         strcmp(request_shown_provider(request), shown->provider) == 0;
}

static inline bool request_shown__is_of(const request_shown_t *shown, const policy_request_t *request,
                                        const policy_triple_t *triple)
{
  return request_shown__same_triple(triple, &shown->effective) &&
         request_shown__same_triple(&request->requested, &shown->requested) &&
         request->flags == shown->flags && request->shared == shown->shared &&
         request->catalog_id == shown->catalog_id && shown->valid &&
         request_shown__is_through(shown, request);
}

/* The number of the request that shows this call with this triple as the effective one, 0 for none. */
static inline int request_shown_find(const script_t *script, const policy_request_t *request,
                                     const policy_triple_t *triple)
{
  const requests_t *requests = script->requests;

  for (int i = 0; i < REQUESTS_SHOWN; i++)
    if (request_shown__is_of(&requests->shown[i], request, triple))
      return i + 1;
  return 0;
}

#endif

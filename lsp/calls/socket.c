#include "calls.h"

#include "call_route.h"
#include "decision.h"
#include "handle.h"
#include "lower_info.h"
#include "protocol_info.h"

static void socket__decide(const call_route_t *route, DWORD flags, policy_verdict_t *verdict)
{
  policy_request_t request = {
      .requested = route->requested,
      .effective = route->effective,
      .flags = flags,
      .shared = route->shared,
      .provider = route->instance->provider,
      .catalog_id = route->instance->place.lower->info.dwCatalogEntryId,
      .provider_number = route->instance->provider_number,
  };

  decision_make(&request, verdict);
}

/* A policy's code as the application may see it. WSAEINPROGRESS would make ws2_32 go on to the base provider,
 * success and WSA_IO_PENDING are no failures (docs/winsock-notes.md 2). The engine refuses them too; this is
 * where they would do harm. */
static INT socket__reject_code(INT code)
{
  return code == 0 || code == WSA_IO_PENDING || code == WSAEINPROGRESS ? WSAEACCES : code;
}

/* The lower provider's socket in the chain of that instance, labelled with it. */
static SOCKET socket__create(const chain_instance_t *instance, const policy_triple_t *triple,
                             WSAPROTOCOL_INFOW *info, GROUP g, DWORD flags, INT *error)
{
  *error = 0;
  SOCKET s = instance->lower.lpWSPSocket(triple->af, triple->type, triple->protocol, info, g, flags, error);
  return s == INVALID_SOCKET ? s : handle_label(instance, s, error);
}

/*
 * The triple for the lower provider. A base provider gets the one the policies saw: some cannot take -1, and
 * what it would make of a wildcard is nothing to leave open. A layer gets the call's own, wildcards included;
 * but it resolves them from the info it is handed, which an application may have made up: where it would get
 * another triple than the policies saw, it is handed that one.
 */
static const policy_triple_t *socket__lower_triple(const call_route_t *route, const WSAPROTOCOL_INFOW *given)
{
  if (route->instance->place.lower_is_base)
    return &route->effective;
  if (given == NULL)
    return &route->requested;
  policy_triple_t read = protocol_info_effective(given, route->requested);
  bool same = read.af == route->effective.af && read.type == route->effective.type &&
              read.protocol == route->effective.protocol;
  return same ? &route->requested : &route->effective;
}

static SOCKET socket__allow(const call_route_t *route, WSAPROTOCOL_INFOW *given, GROUP g, DWORD flags,
                            INT *error)
{
  WSAPROTOCOL_INFOW storage;
  WSAPROTOCOL_INFOW *info = lower_info(route->instance, given, route->entry, &storage);

  return socket__create(route->instance, socket__lower_triple(route, given), info, g, flags, error);
}

/* Make the socket that the policies want, in the chain of ours that serves it. That chain is started before
 * the socket is made: labelling it may otherwise be what starts the chain, and what fails
 * (docs/winsock-notes.md 2). */
static SOCKET socket__rewrite(const call_route_t *route, const policy_triple_t *triple, GROUP g, DWORD flags,
                              INT *error)
{
  chain_instance_t *instance;
  SOCKET s = INVALID_SOCKET;

  *error = call_route_rewrite(route, triple, &instance);
  if (*error == 0) {
    WSAPROTOCOL_INFOW info = *instance->place.lower_info;

    s = socket__create(instance, triple, &info, g, flags, error);
  }
  /* ws2_32 would try the next provider with the program's own triple, which the policies have replaced. That
   * no provider serves the triple is what it would say itself at the end of that search. */
  if (s == INVALID_SOCKET && *error == WSAEINPROGRESS)
    *error = WSAEPROTONOSUPPORT;
  return s;
}

SOCKET call_socket(chain_instance_t *instance, int af, int type, int protocol,
                   LPWSAPROTOCOL_INFOW lpProtocolInfo, GROUP g, DWORD dwFlags, LPINT lpErrno)
{
  DWORD last_error = GetLastError();
  SOCKET s = INVALID_SOCKET;
  INT error = 0;
  call_route_t route;
  policy_verdict_t verdict;

  call_route_resolve(instance, lpProtocolInfo, (policy_triple_t){af, type, protocol}, &route);
  socket__decide(&route, dwFlags, &verdict);
  SetLastError(last_error);
  switch (verdict.action) {
  case POLICY_ALLOW:
    s = socket__allow(&route, lpProtocolInfo, g, dwFlags, &error);
    break;
  case POLICY_REWRITE:
    s = socket__rewrite(&route, &verdict.triple, g, dwFlags, &error);
    break;
  case POLICY_REJECT:
    error = socket__reject_code(verdict.error);
    break;
  }
  if (s == INVALID_SOCKET)
    handle_fail(lpErrno, error);
  return s;
}

#include "provider.h"

#include "handle.h"
#include "lower_info.h"
#include "policy_link.h"

/* One WSPSocket call on its way down. */
typedef struct creation {
  const slot_t *through;    /* of the function that was called */
  slot_t *slot;             /* of the chain the socket is made in */
  WSAPROTOCOL_INFOW *given; /* lpProtocolInfo */
  policy_triple_t triple;
  WSAPROTOCOL_INFOW *info; /* for the provider below */
  GROUP g;
  DWORD flags;
} creation_t;

static SOCKET socket__create(const creation_t *creation, INT *error)
{
  *error = 0;
  SOCKET s =
      creation->slot->below.lpWSPSocket(creation->triple.af, creation->triple.type, creation->triple.protocol,
                                        creation->info, creation->g, creation->flags, error);
  return s == INVALID_SOCKET ? s : handle_adopt(creation->slot, s, error);
}

/*
 * The slot that serves the call. Almost always the one the call came through; but a layer above that started
 * us once and uses that table for everything names its chain in the info, and the provider below it is
 * another one then.
 */
static slot_t *socket__route(slot_t *slot, const WSAPROTOCOL_INFOW *given)
{
  slot_t *route;

  if (given == NULL || given->dwCatalogEntryId == slot->info.dwCatalogEntryId)
    return slot;
  const catalog_entry_t *entry = chain_entry(slot->catalog, given->dwCatalogEntryId);
  chain_place_t place;
  if (entry == NULL || entry->info.ProtocolChain.ChainLen < 2 ||
      !chain_locate(slot->catalog, &entry->info, &place) || place.next == slot->place.next)
    return slot;
  return slot_sibling(slot, entry, &route) == 0 ? route : slot;
}

/* Whether ws2_32 chose us: we were started for a chain of ours, and the info names one. A layer above would
 * label the handle with its own chain, which a rewrite has left. */
static bool socket__on_top(const slot_t *through, const WSAPROTOCOL_INFOW *given)
{
  if (!through->place.top || given == NULL || given->dwCatalogEntryId == through->info.dwCatalogEntryId)
    return through->place.top;
  const catalog_entry_t *entry = chain_entry(through->catalog, given->dwCatalogEntryId);
  return entry != NULL && entry->ours;
}

/* A policy's code as the application may see it. WSAEINPROGRESS would make ws2_32 go on to the base provider,
 * success and WSA_IO_PENDING are no failures (docs/winsock-notes.md 2). The engine refuses them too; this is
 * where it would hurt. */
static INT socket__reject_code(INT code)
{
  return code == 0 || code == WSA_IO_PENDING || code == WSAEINPROGRESS ? WSAEACCES : code;
}

/* Make the socket the policies want, in the chain of ours that serves it. */
static SOCKET socket__rewrite(creation_t *creation, const policy_request_t *request, INT *error)
{
  WSAPROTOCOL_INFOW storage;

  /* Another process's socket is what it is; under another layer the handle would be labelled with the old
   * chain. */
  *error = WSAEACCES;
  if (request->shared || !socket__on_top(creation->through, creation->given))
    return INVALID_SOCKET;

  const catalog_entry_t *entry = chain_for_triple(creation->slot->catalog, &creation->triple, error);
  if (entry == NULL)
    return INVALID_SOCKET;
  /* Before the socket is made: labelling it may otherwise be what starts the chain, and what fails
   * (docs/winsock-notes.md 2). */
  *error = slot_sibling(creation->slot, entry, &creation->slot);
  SOCKET s = INVALID_SOCKET;
  if (*error == 0) {
    creation->info = info_down_fresh(creation->slot, &storage);
    s = socket__create(creation, error);
  }
  /* ws2_32 would try the next provider with the program's own triple, which the policies have replaced. That
   * no provider serves the triple is what it would say itself at the end of that search. */
  if (s == INVALID_SOCKET && *error == WSAEINPROGRESS)
    *error = WSAEPROTONOSUPPORT;
  return s;
}

/*
 * The triple for a layer below: the call's own, wildcards included. But a layer resolves FROM_PROTOCOL_INFO
 * and 0 from the info it is handed, and an application may have made that up: where it would get another
 * triple than the policies saw, it is told the one they saw.
 */
static policy_triple_t socket__triple_for_layer(const policy_request_t *request,
                                                const WSAPROTOCOL_INFOW *given)
{
  const policy_triple_t *requested = &request->requested, *effective = &request->effective;

  if (given == NULL)
    return *requested;
  policy_triple_t read = chain_effective(given, requested->af, requested->type, requested->protocol);
  bool same =
      read.af == effective->af && read.type == effective->type && read.protocol == effective->protocol;
  return same ? *requested : *effective;
}

static SOCKET socket__decided(creation_t *creation, const policy_request_t *request,
                              const policy_verdict_t *verdict, INT *error)
{
  WSAPROTOCOL_INFOW storage;

  if (verdict->action == POLICY_REJECT) {
    *error = socket__reject_code(verdict->error);
    return INVALID_SOCKET;
  }
  if (verdict->action == POLICY_REWRITE) {
    creation->triple = verdict->triple;
    return socket__rewrite(creation, request, error);
  }
  /* A layer below gets the call as it is. A base provider gets the triple the policies saw: some cannot take
   * -1, and what it would make of a wildcard is nothing to leave open. */
  creation->info = info_down(creation->slot, creation->given, &storage);
  creation->triple = creation->slot->place.next_is_base ? request->effective
                                                        : socket__triple_for_layer(request, creation->given);
  return socket__create(creation, error);
}

SOCKET provider_socket(slot_t *slot, int af, int type, int protocol, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                       GROUP g, DWORD dwFlags, LPINT lpErrno)
{
  DWORD last_error = GetLastError();
  INT error = 0;

  slot_t *route = socket__route(slot, lpProtocolInfo);
  const WSAPROTOCOL_INFOW *chosen = info_chosen(route, lpProtocolInfo);
  policy_request_t request = {
      .requested = {af, type, protocol},
      .effective = chain_effective(chosen, af, type, protocol),
      .flags = dwFlags,
      .shared = lpProtocolInfo != NULL && chain_info_shared(lpProtocolInfo, chosen),
      .provider = route->provider,
      .catalog_id = route->place.next->info.dwCatalogEntryId,
      .provider_number = route->provider_number,
  };
  policy_verdict_t verdict;

  policy_link_decide(&request, &verdict);
  SetLastError(last_error);

  creation_t creation = {.through = slot, .slot = route, .given = lpProtocolInfo, .g = g, .flags = dwFlags};
  SOCKET s = socket__decided(&creation, &request, &verdict, &error);
  if (s == INVALID_SOCKET)
    handle_fail(lpErrno, error);
  return s;
}

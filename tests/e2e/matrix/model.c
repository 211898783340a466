#include "model.h"

#include <string.h>

typedef struct triple {
  int af, type, protocol;
} triple_t;

/* "WSASocket [...] chooses the first entry that matches": 0 is a wildcard for family and type; a protocol
 * matches iProtocol..iProtocol + iProtocolMaxOffset, or is 0 and the entry has PFL_MATCHES_PROTOCOL_ZERO
 * (WSAPROTOCOL_INFOW). Layers' hidden entries are "not considered". Without an info, FROM_PROTOCOL_INFO is a
 * number nobody serves. Which error, and that neither family nor protocol is WSAEINVAL: Wine's test suite,
 * which runs on Windows too. */
static int choose(const shape_t *shape, const attempt_t *attempt, const WSAPROTOCOL_INFOW **chosen)
{
  bool families = false, types = false, pairs = false; /* whether an entry has the family, the type, both */

  *chosen = attempt->info;
  if (attempt->info != NULL)
    return 0;
  if (attempt->af == 0 && attempt->protocol == 0)
    return WSAEINVAL;
  for (int i = 0; i < shape->count; i++) {
    const WSAPROTOCOL_INFOW *entry = &shape->order[i];

    if (entry->ProtocolChain.ChainLen == 0)
      continue;
    bool family = attempt->af == 0 || attempt->af == entry->iAddressFamily;
    bool type = attempt->type == 0 || attempt->type == entry->iSocketType;
    bool zero = attempt->protocol == 0 && entry->dwProviderFlags & PFL_MATCHES_PROTOCOL_ZERO;
    bool within = attempt->protocol >= entry->iProtocol &&
                  attempt->protocol <= entry->iProtocol + entry->iProtocolMaxOffset;
    families = families || family;
    types = types || type;
    pairs = pairs || (family && type);
    if (family && type && (zero || within)) {
      *chosen = entry;
      return 0;
    }
  }
  if (pairs)
    return WSAEPROTONOSUPPORT;
  return types && !families ? WSAEAFNOSUPPORT : WSAESOCKTNOSUPPORT;
}

/* "zero for af and type [...] wildcard values"; FROM_PROTOCOL_INFO: "the corresponding values from the
 * WSAPROTOCOL_INFO structure". Protocol 0 is the entry's own. */
static triple_t resolve(const triple_t *given, const WSAPROTOCOL_INFOW *entry)
{
  triple_t triple = *given;

  if (triple.af == 0 || triple.af == FROM_PROTOCOL_INFO)
    triple.af = entry->iAddressFamily;
  if (triple.type == 0 || triple.type == FROM_PROTOCOL_INFO)
    triple.type = entry->iSocketType;
  if (triple.protocol == 0 || triple.protocol == FROM_PROTOCOL_INFO)
    triple.protocol = entry->iProtocol;
  return triple;
}

/* Multipoint Socket Attributes. No base entry here has a rooted plane. */
static bool flags_allowed(const WSAPROTOCOL_INFOW *entry, DWORD flags)
{
  DWORD roots = flags & (WSA_FLAG_MULTIPOINT_C_ROOT | WSA_FLAG_MULTIPOINT_D_ROOT);
  DWORD leaves = flags & (WSA_FLAG_MULTIPOINT_C_LEAF | WSA_FLAG_MULTIPOINT_D_LEAF);

  if (!roots && !leaves)
    return true;
  return !roots && leaves == (WSA_FLAG_MULTIPOINT_C_LEAF | WSA_FLAG_MULTIPOINT_D_LEAF) &&
         entry->dwServiceFlags1 & XP1_SUPPORT_MULTIPOINT;
}

static void hand(const shape_t *shape, int level, int kind, const triple_t *triple,
                 const WSAPROTOCOL_INFOW *info, const attempt_t *attempt, outcome_t *outcome)
{
  /* "If the next layer [...] is the base protocol [...] the base provider's WSAPROTOCOL_INFO structure". */
  const WSAPROTOCOL_INFOW *handed = level == 0 ? &shape->entries[0][kind] : info;

  events_add(&outcome->handed, shape->names[level], "WSPSocket", triple->af, triple->type, triple->protocol,
             handed, attempt->g, attempt->flags);
}

void model_handed_down(const shape_t *shape, int level, int kind, const WSAPROTOCOL_INFOW *info,
                       DWORD reserved, const char *call, events_t *handed)
{
  for (; level >= 0; level--) {
    WSAPROTOCOL_INFOW given = level == 0 ? shape->entries[0][kind] : *info;

    if (level == 0)
      given.dwProviderReserved = reserved;
    if (level != shape->ours || level == 0)
      events_add(handed, shape->names[level], call, 0, 0, 0, &given, 0, 0);
  }
}

/* IFS layers label the handle from below with their own chain (WPUModifyIFSHandle), the top one last. A layer
 * whose handles are none of the file system's gives out its own, which nobody above may claim. */
int model_owner(const shape_t *shape, int top)
{
  int owner = 0;
  bool ifs = true;

  for (int level = 1; level <= top; level++) {
    if (ifs || shape->makes_handles[level])
      owner = level;
    ifs = ifs && !shape->makes_handles[level];
  }
  return owner;
}

void model_predict(const shape_t *shape, const verdict_t *verdict, const attempt_t *attempt,
                   outcome_t *outcome)
{
  const WSAPROTOCOL_INFOW *chosen, *info;
  int top, kind;

  memset(outcome, 0, sizeof *outcome);
  outcome->error = choose(shape, attempt, &chosen);
  if (outcome->error)
    return;
  shape_find(shape, chosen->dwCatalogEntryId, &top, &kind);
  triple_t triple = {attempt->af, attempt->type, attempt->protocol};
  info = chosen;
  for (int level = top; level > 0; level--) {
    if (level != shape->ours) {
      hand(shape, level, kind, &triple, info, attempt, outcome);
      continue;
    }
    triple_t effective = resolve(&triple, &shape->entries[level][kind]);
    const kind_t *target = &kinds[verdict->target];
    bool rewritten =
        verdict->action == MODEL_REWRITE && (target->af != effective.af || target->type != effective.type ||
                                             target->protocol != effective.protocol);
    if (verdict->action == MODEL_REJECT) {
      outcome->error = verdict->error;
      return;
    }
    if (rewritten && level != top) {
      /* The layer above would label the handle with its chain over the old kind. */
      outcome->error = WSAEACCES;
      return;
    }
    if (rewritten) {
      kind = verdict->target;
      info = &shape->entries[level][kind];
      triple = (triple_t){target->af, target->type, target->protocol};
    } else if (level == 1) {
      triple = effective;
    }
  }
  hand(shape, 0, kind, &triple, info, attempt, outcome);
  if (!flags_allowed(&shape->entries[0][kind], attempt->flags)) {
    outcome->error = WSAEINVAL;
    return;
  }
  outcome->owner_level = model_owner(shape, top);
  outcome->info = shape->entries[outcome->owner_level][kind];
  outcome->info.iProtocol = resolve(&triple, &shape->entries[0][kind]).protocol;
}

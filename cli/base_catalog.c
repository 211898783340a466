#include "base_catalog.h"

#include <stddef.h>

enum { INET = 2, INET6 = 23, STREAM = 1, DGRAM = 2, RAW = 3, TCP = 6, UDP = 17, ANY_PROTOCOL = 255 };

/* Windows' own entries, in catalog order, with the ids of a fresh installation. */
static const struct entry {
  uint32_t id;
  const char *name;
  policy_triple_t triple;
  int32_t protocol_offset; /* iProtocolMaxOffset */
} entries[] = {
    {1001, "MSAFD Tcpip [TCP/IP]", {INET, STREAM, TCP}, 0},
    {1002, "MSAFD Tcpip [UDP/IP]", {INET, DGRAM, UDP}, 0},
    {1003, "MSAFD Tcpip [RAW/IP]", {INET, RAW, 0}, ANY_PROTOCOL},
    {1004, "MSAFD Tcpip [TCP/IPv6]", {INET6, STREAM, TCP}, 0},
    {1005, "MSAFD Tcpip [UDP/IPv6]", {INET6, DGRAM, UDP}, 0},
    {1006, "MSAFD Tcpip [RAW/IPv6]", {INET6, RAW, 0}, ANY_PROTOCOL},
};

static bool serves(const struct entry *entry, const policy_triple_t *asked)
{
  const policy_triple_t *own = &entry->triple;
  return (asked->af <= 0 || asked->af == own->af) && (asked->type <= 0 || asked->type == own->type) &&
         (asked->protocol <= 0 ||
          (asked->protocol >= own->protocol && asked->protocol <= own->protocol + entry->protocol_offset));
}

policy_triple_t base_catalog_resolve(const policy_triple_t *requested, const char **provider,
                                     uint32_t *catalog_id)
{
  policy_triple_t effective = *requested;
  for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
    if (!serves(&entries[i], requested))
      continue;
    *provider = entries[i].name;
    *catalog_id = entries[i].id;
    effective.af = entries[i].triple.af;
    effective.type = entries[i].triple.type;
    if (effective.protocol <= 0)
      effective.protocol = entries[i].triple.protocol;
    return effective;
  }
  *provider = "";
  *catalog_id = 0;
  if (effective.protocol <= 0)
    effective.protocol = policy_default_protocol(effective.af, effective.type);
  return effective;
}

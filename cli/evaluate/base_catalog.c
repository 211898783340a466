#include "base_catalog.h"

#include <stddef.h>

enum { UNIX = 1, INET = 2, INET6 = 23, BTH = 32, HYPERV = 34 };
enum { STREAM = 1, DGRAM = 2, RAW = 3 };
enum { HV_RAW = 1, RFCOMM = 3, TCP = 6, UDP = 17, ANY_PROTOCOL = 255 };

/* Windows' own entries, in catalog order. IP has the ids of a fresh installation; the others' ids differ from
 * machine to machine. */
static const policy_base_entry_t entries[] = {
    {{INET, STREAM, TCP}, 0},   {{INET, DGRAM, UDP}, 0},       {{INET, RAW, 0}, ANY_PROTOCOL},
    {{INET6, STREAM, TCP}, 0},  {{INET6, DGRAM, UDP}, 0},      {{INET6, RAW, 0}, ANY_PROTOCOL},
    {{BTH, STREAM, RFCOMM}, 0}, {{HYPERV, STREAM, HV_RAW}, 0}, {{UNIX, STREAM, 0}, 0},
};

enum { ENTRIES = sizeof entries / sizeof entries[0] };

static const struct {
  uint32_t id;
  const char *name;
} names[ENTRIES] = {
    {1001, "MSAFD Tcpip [TCP/IP]"},
    {1002, "MSAFD Tcpip [UDP/IP]"},
    {1003, "MSAFD Tcpip [RAW/IP]"},
    {1004, "MSAFD Tcpip [TCP/IPv6]"},
    {1005, "MSAFD Tcpip [UDP/IPv6]"},
    {1006, "MSAFD Tcpip [RAW/IPv6]"},
    {0, "MSAFD RfComm [Bluetooth]"},
    {0, "Hyper-V RAW"},
    {0, "AF_UNIX"},
};

const policy_base_entry_t *base_catalog_entries(size_t *count)
{
  *count = ENTRIES;
  return entries;
}

static bool base_catalog__serves(const policy_base_entry_t *entry, const policy_triple_t *asked)
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

  for (size_t i = 0; i < ENTRIES; i++) {
    if (!base_catalog__serves(&entries[i], requested))
      continue;
    *provider = names[i].name;
    *catalog_id = names[i].id;
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

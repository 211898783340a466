#include "base_catalog.h"

enum { UNIX = 1, INET = 2, INET6 = 23, BTH = 32, HYPERV = 34 };
enum { STREAM = 1, DGRAM = 2, RAW = 3 };
enum { HV_RAW = 1, RFCOMM = 3, TCP = 6, UDP = 17, ANY_PROTOCOL = 255 };

/* Windows' own entries, in catalog order. */
static const policy_base_entry_t entries[] = {
    {{INET, STREAM, TCP}, 0},   {{INET, DGRAM, UDP}, 0},       {{INET, RAW, 0}, ANY_PROTOCOL},
    {{INET6, STREAM, TCP}, 0},  {{INET6, DGRAM, UDP}, 0},      {{INET6, RAW, 0}, ANY_PROTOCOL},
    {{BTH, STREAM, RFCOMM}, 0}, {{HYPERV, STREAM, HV_RAW}, 0}, {{UNIX, STREAM, 0}, 0},
};

enum { ENTRIES = sizeof entries / sizeof entries[0] };

static const struct {
  uint32_t id; /* of a fresh installation; 0 where it differs from machine to machine */
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

static bool base_catalog__serves(const policy_base_entry_t *entry, const policy_triple_t *requested)
{
  const policy_triple_t *own = &entry->triple;

  return (requested->af <= 0 || requested->af == own->af) &&
         (requested->type <= 0 || requested->type == own->type) &&
         (requested->protocol <= 0 || (requested->protocol >= own->protocol &&
                                       requested->protocol <= own->protocol + entry->protocol_offset));
}

/* The effective triple of a call that gives no protocol info, and the name and id of the entry that serves
 * it. Where none does, wildcards stay, protocol 0 becomes the default, and the name is "". */
static policy_triple_t base_catalog__resolve(const policy_triple_t *requested, const char **provider,
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

policy_request_t base_catalog_request(const request_spec_t *spec)
{
  const char *provider;
  uint32_t catalog_id;
  policy_request_t request = {.flags = spec->flags, .shared = spec->shared};

  request.requested = spec->names_requested ? spec->requested : spec->effective;
  request.effective = base_catalog__resolve(&request.requested, &provider, &catalog_id);
  if (spec->names_requested && spec->names_effective)
    request.effective = spec->effective;
  request.provider = spec->provider != NULL ? spec->provider : provider;
  request.catalog_id = spec->catalog_id ? spec->catalog_id : catalog_id;
  return request;
}

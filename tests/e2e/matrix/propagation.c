#include "propagation.h"

#include "leftovers.h"
#include "model.h"

#include <stdio.h>
#include <string.h>
#include <ws2tcpip.h>

typedef struct asked {
  const shape_t *shape;
  events_t *seen;
  int level, kind;
  const WSAPROTOCOL_INFOW *entry;
  char what[96];
  long cases, failures;
} asked_t;

static void check(asked_t *asked, bool holds, const char *what)
{
  asked->cases++;
  if (holds)
    return;
  asked->failures++;
  printf("  %s: %s (error %d)\n", asked->what, what, WSAGetLastError());
}

static void compare(asked_t *asked, const events_t *expected, const char *call)
{
  char what[128];

  events_keep(asked->seen, call);
  snprintf(what, sizeof what, "%s: %s", asked->what, call);
  asked->cases++;
  if (!events_same(expected, asked->seen, what))
    asked->failures++;
}

/* A provider starts for a chain, and so does each below it. Then handles are labelled, from the base provider
 * up, and ws2_32 starts the providers of the entries they are labelled with, "once for each distinct
 * provider". */
static void expect_startups(asked_t *asked, events_t *expected)
{
  const shape_t *shape = asked->shape;

  expected->count = 0;
  model_handed_down(shape, asked->level, asked->kind, asked->entry, 0, "WSPStartup", expected);
  for (int level = 0; level < asked->level; level++) {
    bool labelled = model_owner(shape, level) == level;

    if (labelled)
      model_handed_down(shape, level, asked->kind, &shape->entries[level][asked->kind], 0, "WSPStartup",
                        expected);
  }
}

static void compare_duplicate(asked_t *asked, SOCKET s)
{
  const shape_t *shape = asked->shape;
  events_t expected = {0};
  int owner = model_owner(shape, asked->level);
  const WSAPROTOCOL_INFOW *chain = &shape->entries[owner][asked->kind];
  WSAPROTOCOL_INFOW info, plain;

  /* What the program left in its buffer concerns only the provider it reaches first. */
  memset(&info, 0xa5, sizeof info);
  plain = info;
  model_handed_down(shape, owner, asked->kind, chain, 0, "WSPDuplicateSocket", &expected);
  if (owner != shape->ours || owner == 0)
    expected.list[0].info = plain;
  asked->seen->count = 0;
  check(asked, WSADuplicateSocketW(s, GetCurrentProcessId(), &info) == 0, "WSADuplicateSocket");
  compare(asked, &expected, "WSPDuplicateSocket");

  DWORD state = info.dwProviderReserved;
  plain = *chain;
  plain.dwProviderReserved = state;
  plain.iProtocol = info.iProtocol; /* the base provider tells the socket's own */
  check(asked, state != 0 && memcmp(&plain, &info, sizeof info) == 0,
        "the info names the chain of the handle's owner");

  /* Opened again: "same unmodified", state included; the base provider's own with the state. */
  int kind = asked->kind;
  expected.count = 0;
  for (int level = owner; level >= 0; level--) {
    WSAPROTOCOL_INFOW handed = level == 0 ? shape->entries[0][kind] : info;

    handed.dwProviderReserved = state;
    if (level == 0 && owner == 0)
      handed = info;
    int af = FROM_PROTOCOL_INFO, type = FROM_PROTOCOL_INFO, protocol = FROM_PROTOCOL_INFO;
    if (level == 0 && owner > 0 && shape->ours == 1) {
      af = shape->entries[0][kind].iAddressFamily;
      type = shape->entries[0][kind].iSocketType;
      protocol = shape->entries[0][kind].iProtocol;
    }
    if (level != shape->ours || level == 0)
      events_add(&expected, shape->names[level], "WSPSocket", af, type, protocol, &handed, 0,
                 WSA_FLAG_OVERLAPPED);
  }
  asked->seen->count = 0;
  SOCKET second =
      WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0, WSA_FLAG_OVERLAPPED);
  check(asked, second != INVALID_SOCKET, "the duplicate opens");
  compare(asked, &expected, "WSPSocket");
  check(asked, holdings_owner(second) == chain->dwCatalogEntryId, "the duplicate has the same owner");
  check(asked, closesocket(second) == 0, "the duplicate closes");
}

static void compare_addresses(asked_t *asked, WSAPROTOCOL_INFOW *info)
{
  const shape_t *shape = asked->shape;
  bool ipv6 = kinds[asked->kind].af == AF_INET6;
  wchar_t expected_text[80], text[80];

  wcscpy(expected_text, ipv6 ? L"[::1]:80" : L"127.0.0.1:80");
  DWORD length = sizeof text / sizeof *text;
  struct sockaddr_storage address = {0};
  int size = sizeof address;
  int level = asked->level, kind = asked->kind;
  const WSAPROTOCOL_INFOW *entry = asked->entry;
  events_t expected = {0};

  if (info == NULL) {
    /* The first entry in the catalog of that family. */
    for (int i = 0; i < shape->count; i++) {
      entry = &shape->order[i];
      if (entry->ProtocolChain.ChainLen > 0 && entry->iAddressFamily == kinds[asked->kind].af)
        break;
    }
    shape_find(shape, entry->dwCatalogEntryId, &level, &kind);
  }
  model_handed_down(shape, level, kind, entry, 0, "WSPStringToAddress", &expected);
  asked->seen->count = 0;
  check(asked,
        WSAStringToAddressW(expected_text, kinds[kind].af, info, (struct sockaddr *)&address, &size) == 0,
        "WSAStringToAddress");
  compare(asked, &expected, "WSPStringToAddress");
  for (int i = 0; i < expected.count; i++)
    strcpy(expected.list[i].call, "WSPAddressToString");
  asked->seen->count = 0;
  check(asked, WSAAddressToStringW((struct sockaddr *)&address, (DWORD)size, info, text, &length) == 0,
        "WSAAddressToString");
  compare(asked, &expected, "WSPAddressToString");
  check(asked, wcscmp(text, expected_text) == 0, "the address comes back");
}

static void run_entry(asked_t *asked)
{
  WSADATA data;
  events_t expected = {0};
  WSAPROTOCOL_INFOW info = *asked->entry;
  const kind_t *kind = &kinds[asked->kind];

  asked->seen->count = 0;
  check(asked, WSAStartup(MAKEWORD(2, 2), &data) == 0, "WSAStartup");
  SOCKET s = WSASocketW(kind->af, kind->type, kind->protocol, &info, 0, WSA_FLAG_OVERLAPPED);
  check(asked, s != INVALID_SOCKET, "a socket");
  expect_startups(asked, &expected);
  compare(asked, &expected, "WSPStartup");
  compare_duplicate(asked, s);
  check(asked, closesocket(s) == 0, "closesocket");
  info = *asked->entry;
  compare_addresses(asked, &info);
  compare_addresses(asked, NULL);
  check(asked, memcmp(&info, asked->entry, sizeof info) == 0, "the program's info stays as it was");
  check(asked, WSACleanup() == 0, "WSACleanup");
}

void propagation_run(const shape_t *shape, events_t *seen, long *cases, long *failures)
{
  for (int level = 0; level < shape->levels; level++) {
    for (int kind = 0; kind < KINDS; kind++) {
      asked_t asked = {
          .shape = shape, .seen = seen, .level = level, .kind = kind, .entry = &shape->entries[level][kind]};

      snprintf(asked.what, sizeof asked.what, "%s, %s", shape->names[level], kinds[kind].name);
      run_entry(&asked);
      *cases += asked.cases;
      *failures += asked.failures;
    }
  }
}

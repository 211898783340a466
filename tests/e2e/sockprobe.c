/* sockprobe: asks Winsock for one socket and prints what it got.
 *
 * A program that tries any triple, for tests and for the curious. Exit status: 0 where the last socket was
 * made, 1 where it was refused, 2 for wrong usage. */
#include "../winsock/entries.h"
#include "probe_names.h"

#include <winsock2.h>
#include <ws2tcpip.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct options {
  int family, type, protocol;
  DWORD flags;
  DWORD info_id; /* 0: no lpProtocolInfo */
  int count;
  DWORD interval;
  bool json, list, classic;
} options_t;

static int usage(void)
{
  fputs("usage: sockprobe [--af AF] [--type TYPE] [--protocol PROTOCOL] [--flags N] [--use-info ID]\n"
        "                 [--from-protocol-info ID] [--classic] [--count N] [--interval MS] [--json]\n"
        "       sockprobe --list [--json]\n"
        "\n"
        "Makes a socket with WSASocketW and prints what it is, or the error. AF, TYPE and PROTOCOL are names "
        "(inet,\n"
        "AF_INET6, raw, icmp ...) or numbers, 0 and -1 included; default: inet stream 0.\n"
        "\n"
        "  --flags N                dwFlags; default 1 (WSA_FLAG_OVERLAPPED)\n"
        "  --use-info ID            pass the catalog entry of that id as lpProtocolInfo\n"
        "  --from-protocol-info ID  the same, with FROM_PROTOCOL_INFO for family, type and protocol\n"
        "  --classic                use socket() instead\n"
        "  --count N                try N times, --interval MS apart (default 500)\n"
        "  --list                   list the protocols WSAEnumProtocols knows\n"
        "  --json                   one JSON object a line\n",
        stderr);
  return 2;
}

static bool parse_number(const char *text, DWORD *value)
{
  char *end;

  *value = strtoul(text, &end, 0);
  return end != text && !*end;
}

static bool parse_value(options_t *options, const char *option, const char *value)
{
  DWORD number;

  if (strcmp(option, "--af") == 0)
    return probe_parse(PROBE_FAMILY, value, &options->family);
  if (strcmp(option, "--type") == 0)
    return probe_parse(PROBE_TYPE, value, &options->type);
  if (strcmp(option, "--protocol") == 0)
    return probe_parse(PROBE_PROTOCOL, value, &options->protocol);
  if (!parse_number(value, &number))
    return false;
  if (strcmp(option, "--flags") == 0)
    options->flags = number;
  else if (strcmp(option, "--use-info") == 0)
    options->info_id = number;
  else if (strcmp(option, "--from-protocol-info") == 0) {
    options->info_id = number;
    options->family = options->type = options->protocol = FROM_PROTOCOL_INFO;
  } else if (strcmp(option, "--count") == 0)
    options->count = (int)number;
  else if (strcmp(option, "--interval") == 0)
    options->interval = number;
  else
    return false;
  return true;
}

static bool parse_options(int argc, char **argv, options_t *options)
{
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--json") == 0)
      options->json = true;
    else if (strcmp(argv[i], "--list") == 0)
      options->list = true;
    else if (strcmp(argv[i], "--classic") == 0)
      options->classic = true;
    else if (i + 1 < argc && parse_value(options, argv[i], argv[i + 1]))
      i++;
    else {
      fprintf(stderr, "sockprobe: cannot make sense of '%s'\n", argv[i]);
      return false;
    }
  }
  return options->count > 0;
}

/* All entries that WSAEnumProtocols lists; the caller frees them. */
static WSAPROTOCOL_INFOW *enumerate(int *count)
{
  DWORD size = 0;

  WSAEnumProtocolsW(NULL, NULL, &size);
  WSAPROTOCOL_INFOW *infos = malloc(size ? size : 1);
  *count = infos != NULL ? WSAEnumProtocolsW(NULL, infos, &size) : SOCKET_ERROR;
  return infos;
}

static void print_json_string(const wchar_t *text)
{
  putchar('"');
  for (; *text; text++) {
    if (*text == L'"' || *text == L'\\')
      printf("\\%c", (char)*text);
    else if (*text < 0x20 || *text > 0x7e)
      printf("\\u%04x", (unsigned)*text);
    else
      putchar((char)*text);
  }
  putchar('"');
}

static void print_named(probe_name_kind_t kind, const char *label, int value)
{
  const char *name = probe_name(kind, value);

  if (name != NULL)
    printf(" %s=%s(%d)", label, name, value);
  else
    printf(" %s=%d", label, value);
}

static void print_triple(int family, int type, int protocol)
{
  print_named(PROBE_FAMILY, "af", family);
  print_named(PROBE_TYPE, "type", type);
  print_named(PROBE_PROTOCOL, "protocol", protocol);
}

static int list(bool json)
{
  int count;
  WSAPROTOCOL_INFOW *infos = enumerate(&count);

  if (count == SOCKET_ERROR) {
    fprintf(stderr, "sockprobe: WSAEnumProtocols failed: %d\n", WSAGetLastError());
    free(infos);
    return 1;
  }
  for (int i = 0; i < count; i++) {
    const WSAPROTOCOL_INFOW *info = infos + i;

    if (json) {
      printf(
          "{\"catalog_id\":%lu,\"chain_length\":%d,\"af\":%d,\"type\":%d,\"protocol\":%d,\"max_offset\":%d,"
          "\"service_flags\":%lu,\"provider_flags\":%lu,\"name\":",
          info->dwCatalogEntryId, info->ProtocolChain.ChainLen, info->iAddressFamily, info->iSocketType,
          info->iProtocol, info->iProtocolMaxOffset, info->dwServiceFlags1, info->dwProviderFlags);
      print_json_string(info->szProtocol);
      puts("}");
    } else {
      printf("%lu", info->dwCatalogEntryId);
      print_triple(info->iAddressFamily, info->iSocketType, info->iProtocol);
      printf(" chain=%d flags=0x%lx \"%ls\"\n", info->ProtocolChain.ChainLen, info->dwServiceFlags1,
             info->szProtocol);
    }
  }
  free(infos);
  return 0;
}

static void report_error(const options_t *options, int error)
{
  const char *name = probe_error_name(error);

  if (options->json) {
    printf("{\"ok\":false,\"code\":%d,\"error\":", error);
    printf(name != NULL ? "\"%s\"}\n" : "null}\n", name);
    return;
  }
  printf("refused:");
  print_triple(options->family, options->type, options->protocol);
  printf(": %s (%d)\n", name != NULL ? name : "error", error);
}

/* The family that getsockname reports once the socket is bound to the wildcard address of its own family; -1
 * where it cannot be bound. */
static int bound_family(SOCKET socket, int family)
{
  struct sockaddr_storage address = {.ss_family = (short)family};
  int size = family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);

  if (bind(socket, (struct sockaddr *)&address, size))
    return -1;
  size = sizeof address;
  return getsockname(socket, (struct sockaddr *)&address, &size) ? -1 : address.ss_family;
}

static void report_socket(const options_t *options, SOCKET socket)
{
  WSAPROTOCOL_INFOW info;
  int size = sizeof info;

  if (getsockopt(socket, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size)) {
    report_error(options, WSAGetLastError());
    return;
  }
  int family = bound_family(socket, info.iAddressFamily);
  if (options->json) {
    printf("{\"ok\":true,\"af\":%d,\"type\":%d,\"protocol\":%d,\"catalog_id\":%lu,\"chain_length\":%d,"
           "\"bound_family\":%d,\"name\":",
           info.iAddressFamily, info.iSocketType, info.iProtocol, info.dwCatalogEntryId,
           info.ProtocolChain.ChainLen, family);
    print_json_string(info.szProtocol);
    puts("}");
    return;
  }
  printf("ok:");
  print_triple(info.iAddressFamily, info.iSocketType, info.iProtocol);
  printf(" catalog_id=%lu \"%ls\"", info.dwCatalogEntryId, info.szProtocol);
  print_named(PROBE_FAMILY, "getsockname", family);
  putchar('\n');
}

static bool attempt(const options_t *options, WSAPROTOCOL_INFOW *info)
{
  SOCKET made = options->classic
                    ? socket(options->family, options->type, options->protocol)
                    : WSASocketW(options->family, options->type, options->protocol, info, 0, options->flags);

  if (made == INVALID_SOCKET) {
    report_error(options, WSAGetLastError());
    return false;
  }
  report_socket(options, made);
  closesocket(made);
  return true;
}

/* The catalog's entry of that id, whether WSAEnumProtocols lists it or not. */
static bool find_entry(DWORD id, WSAPROTOCOL_INFOW *entry)
{
  int count;
  WSAPROTOCOL_INFOW *infos = entries_enumerate(&count);
  const WSAPROTOCOL_INFOW *found = entries_find(infos, count, id);

  if (found != NULL)
    *entry = *found;
  else
    fprintf(stderr, "sockprobe: no catalog entry %lu\n", id);
  free(infos);
  return found != NULL;
}

static int probe(const options_t *options)
{
  WSAPROTOCOL_INFOW entry;

  if (options->info_id && !find_entry(options->info_id, &entry))
    return 2;
  bool made = false;
  for (int i = 0; i < options->count; i++) {
    if (i > 0)
      Sleep(options->interval);
    made = attempt(options, options->info_id ? &entry : NULL);
    fflush(stdout);
  }
  return made ? 0 : 1;
}

int main(int argc, char **argv)
{
  options_t options = {
      .family = AF_INET, .type = SOCK_STREAM, .flags = WSA_FLAG_OVERLAPPED, .count = 1, .interval = 500};

  if (!parse_options(argc, argv, &options))
    return usage();
  WSADATA data;
  int error = WSAStartup(MAKEWORD(2, 2), &data);
  if (error) {
    fprintf(stderr, "sockprobe: WSAStartup failed: %d\n", error);
    return 1;
  }
  int status = options.list ? list(options.json) : probe(&options);
  WSACleanup();
  return status;
}

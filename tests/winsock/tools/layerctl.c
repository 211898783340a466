/* layerctl: installs and removes a layer DLL the way vendors' installers do, and lists the catalog. A test
 * tool: the product's own installer plans, repairs and rolls back; this one does the plain thing. */
#include "layer_install.h"

#include <ws2spi.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static int usage(void)
{
  fputs("usage: layerctl list\n"
        "       layerctl install DLL [--name NAME] [--non-ifs]\n"
        "       layerctl remove DLL\n"
        "       layerctl permit PROGRAM CATEGORIES\n"
        "\n"
        "install  adds a hidden entry and a chain over each TCP, UDP and RAW entry of IPv4 and IPv6 that is "
        "on top\n"
        "         --name NAME  what the chains are called, as in \"NAME over [...]\" (default: Sockwarden)\n"
        "         --non-ifs    the chains do not claim XP1_IFS_HANDLES\n"
        "remove   takes out every entry whose DLL it is\n"
        "permit   lets the program of that full path load only layers of those categories (a number of LSP_* "
        "bits)\n",
        stderr);
  return 2;
}

static const char *kind(const WSAPROTOCOL_INFOW *info)
{
  switch (info->ProtocolChain.ChainLen) {
  case LAYERED_PROTOCOL:
    return "layer";
  case BASE_PROTOCOL:
    return "base";
  }
  return "chain";
}

static void print_guid(const GUID *id)
{
  const unsigned char *d = id->Data4;

  printf("{%08lx-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x}", id->Data1, id->Data2, id->Data3, d[0], d[1],
         d[2], d[3], d[4], d[5], d[6], d[7]);
}

static int list(void)
{
  int count;
  WSAPROTOCOL_INFOW *infos = layer_enumerate(&count);

  if (infos == NULL)
    return 1;
  puts("  id kind   af type protocol flags1     chain            name, DLL, provider");
  for (int i = 0; i < count; i++) {
    const WSAPROTOCOL_INFOW *info = infos + i;
    char chain[MAX_PROTOCOL_CHAIN * 11 + 1] = "-";
    size_t used = 0;

    for (int link = 0; info->ProtocolChain.ChainLen > 1 && link < info->ProtocolChain.ChainLen; link++)
      used += (size_t)snprintf(chain + used, sizeof chain - used, "%s%lu", link ? ">" : "",
                               info->ProtocolChain.ChainEntries[link]);
    char protocol[32];
    snprintf(protocol, sizeof protocol, info->iProtocolMaxOffset ? "%d..%d" : "%d", info->iProtocol,
             info->iProtocol + info->iProtocolMaxOffset);
    wchar_t path[MAX_PATH];
    layer_path(info, path);
    printf("%4lu %-5s %3d %4d %-8s 0x%08lx %-16s \"%ls\", %ls, ", info->dwCatalogEntryId, kind(info),
           info->iAddressFamily, info->iSocketType, protocol, info->dwServiceFlags1, chain, info->szProtocol,
           path);
    print_guid(&info->ProviderId);
    putchar('\n');
  }
  free(infos);
  return 0;
}

static int install(int argc, wchar_t **argv)
{
  const wchar_t *name = L"Sockwarden";
  BOOL ifs = TRUE;

  for (int i = 3; i < argc; i++) {
    if (wcscmp(argv[i], L"--name") == 0 && i + 1 < argc)
      name = argv[++i];
    else if (wcscmp(argv[i], L"--non-ifs") == 0)
      ifs = FALSE;
    else
      return usage();
  }
  return layer_install(argv[2], name, ifs) ? 0 : 1;
}

static int permit(const wchar_t *program, const wchar_t *categories)
{
  int error;

  if (WSCSetApplicationCategory(program, (DWORD)wcslen(program), NULL, 0, wcstoul(categories, NULL, 0), NULL,
                                &error)) {
    fprintf(stderr, "layerctl: WSCSetApplicationCategory failed: %d\n", error);
    return 1;
  }
  return 0;
}

int wmain(int argc, wchar_t **argv);

int wmain(int argc, wchar_t **argv)
{
  if (argc == 2 && wcscmp(argv[1], L"list") == 0)
    return list();
  if (argc >= 3 && wcscmp(argv[1], L"install") == 0)
    return install(argc, argv);
  if (argc == 4 && wcscmp(argv[1], L"permit") == 0)
    return permit(argv[2], argv[3]);
  if (argc == 3 && wcscmp(argv[1], L"remove") == 0)
    return layer_remove(argv[2]) ? 0 : 1;
  return usage();
}

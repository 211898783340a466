/* Putting a layer into the catalog and taking it out, through WSC* calls alone. Trouble is told on stderr. */
#ifndef SOCKWARDEN_TESTS_LAYER_INSTALL_H
#define SOCKWARDEN_TESTS_LAYER_INSTALL_H

#include <winsock2.h>

/* entries_enumerate, which tells of its failure too. */
WSAPROTOCOL_INFOW *layer_enumerate(int *count);

/* The DLL of an entry, as it stands in the catalog. */
void layer_path(const WSAPROTOCOL_INFOW *info, wchar_t path[MAX_PATH]);

/* Installs the DLL: one hidden entry, last in the order, and in front of everything a chain over each TCP,
 * UDP and RAW entry of IPv4 and IPv6 that is on top today, each chain under a GUID of its own. On failure
 * nothing is left behind. */
BOOL layer_install(const wchar_t *dll, const wchar_t *name, BOOL ifs);

/* Removes all entries of that DLL, chains first; fails where there are none. */
BOOL layer_remove(const wchar_t *dll);

#endif

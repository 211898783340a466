/* provider_path.h - the path of a provider's DLL, whatever ws2_32 this is.
 *
 * ReactOS's WSCGetProviderPath and WPUGetProviderPath look for transport providers among the name spaces, and
 * find none (docs/winsock-notes.md 7): the registry tells it then. */
#ifndef SOCKWARDEN_TESTS_PROVIDER_PATH_H
#define SOCKWARDEN_TESTS_PROVIDER_PATH_H

#include <winsock2.h>
#include <ws2spi.h>

/* `ask` is WSCGetProviderPath or WPUGetProviderPath. The path is put in `path` with its variables replaced.
 * FALSE where there is no such provider. */
BOOL provider_path(LPWSCGETPROVIDERPATH ask, const GUID *provider, WCHAR path[MAX_PATH]);

#endif

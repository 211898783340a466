/* The extension functions: those of the provider below do not know our handles. "A non-IFS provider must
 * implement all of the Winsock 2 extension functions" (WSCInstallProviderAndChains64_32). */
#ifndef SOCKWARDEN_TESTS_EXTENSION_H
#define SOCKWARDEN_TESTS_EXTENSION_H

#include <winsock2.h>

/* Puts our function in place of the one below, in *function, where the GUID names one that takes sockets. */
void extension_replace(const void *guid, void *function);

#endif

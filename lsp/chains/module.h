/*
 * module.h - the DLL of a lower provider in memory. Apart from lower_provider.c because tests put scripted
 * providers in its place.
 */
#ifndef SOCKWARDEN_LSP_MODULE_H
#define SOCKWARDEN_LSP_MODULE_H

#include "winsock.h"

/* Load a provider's DLL by full path and find its WSPStartup. NULL where either is missing. The caller owns
 * the handle. Not under the loader lock. */
HMODULE module_open(const WCHAR *path, LPWSPSTARTUP *startup);

/* Unload once what module_open loaded once. */
void module_close(HMODULE module);

#endif

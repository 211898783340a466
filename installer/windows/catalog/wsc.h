/*
 * wsc.h - ws2_32's functions that read and change the catalogs, each in both its variants: the native one and
 * the one for the 32-bit catalog of a 64-bit Windows. The parameters are theirs.
 *
 * Every function announces itself to fault_injection.h first, and returns false where the call fails or this
 * Windows lacks it (ERROR_PROC_NOT_FOUND). *failure receives the call's name in any case, and its error, 0 on
 * success. A success is what the call says: whoever changes the catalog reads it back. Any thread; that
 * nobody else changes the catalogs meanwhile is setup's to see to (transaction.h).
 */
#ifndef SOCKWARDEN_INSTALLER_WSC_H
#define SOCKWARDEN_INSTALLER_WSC_H

#include <stdbool.h>
#include <winsock2.h>
#include <ws2spi.h>
#include <windows.h>

#include "error_names.h"
#include "machine_catalogs.h"

/* The category of our layer: LSP_FIREWALL | LSP_INSPECTOR. */
#define WSC_OUR_CATEGORY UINT32_C(0x00000009)

/* WSCEnumProtocols: all entries, as an array that the caller frees, and how many. */
bool wsc_enum_protocols(size_t view, WSAPROTOCOL_INFOW **infos, size_t *count, call_failure_t *failure);

/* WSCGetProviderPath. ERROR_INVALID_DATA where the call succeeds and gives none, as Wine's own does. */
bool wsc_get_provider_path(size_t view, const catalog_model_guid_t *provider, WCHAR path[MAX_PATH],
                           call_failure_t *failure);

/* WSCInstallProvider for the native catalog; WSCInstallProvider64_32 for `both`. One entry. */
bool wsc_install_provider(bool both, const catalog_model_guid_t *provider, const WCHAR *path,
                          const WSAPROTOCOL_INFOW *info, call_failure_t *failure);

/* WSCUpdateProvider. */
bool wsc_update_provider(size_t view, const catalog_model_guid_t *provider, const WCHAR *path,
                         WSAPROTOCOL_INFOW *infos, size_t count, call_failure_t *failure);

/* WSCDeinstallProvider. */
bool wsc_deinstall_provider(size_t view, const catalog_model_guid_t *provider, call_failure_t *failure);

/* WSCWriteProviderOrder. */
bool wsc_write_provider_order(size_t view, DWORD *ids, size_t count, call_failure_t *failure);

/* WSCSetProviderInfo and WSCGetProviderInfo with ProviderInfoLspCategories. */
bool wsc_set_category(size_t view, const catalog_model_guid_t *provider, DWORD category,
                      call_failure_t *failure);
bool wsc_get_category(size_t view, const catalog_model_guid_t *provider, DWORD *category,
                      call_failure_t *failure);

/* WSCSetApplicationCategory and WSCGetApplicationCategory for a program with any arguments. */
bool wsc_set_application_category(const WCHAR *program, DWORD category, DWORD *before,
                                  call_failure_t *failure);
bool wsc_get_application_category(const WCHAR *program, DWORD *category, call_failure_t *failure);

#endif

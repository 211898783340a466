/*
 * catalogs.h - catalogs to plan on: a fresh Windows, other vendors' layers, damage.
 */
#ifndef TEST_INSTALLER_CATALOGS_H
#define TEST_INSTALLER_CATALOGS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "catalog_text.h"
#include "health.h"
#include "layering.h"
#include "machine_catalogs.h"
#include "plan_install.h"
#include "plan_mend.h"
#include "plan_remove.h"
#include "plan_restore.h"
#include "plan_simulate.h"
#include "plan_text.h"
#include "socket_kind.h"

#define OUR_DLL "%SystemRoot%\\system32\\sockwarden.dll"

/* Both views of a fresh 64-bit Windows: TCP, UDP, RAW over IPv4 and IPv6; the 32-bit ids 100 higher. */
machine_catalogs_t fresh_windows(void);
/* The same with one view only. */
machine_catalogs_t fresh_windows_32(void);

/* Appends a base entry to one view; returns its id. */
uint32_t add_base(catalog_model_t *catalog, uint32_t id, int family, int type, int protocol,
                  const char *name);
/* Appends a hidden entry; returns its id. */
uint32_t add_hidden(catalog_model_t *catalog, uint32_t id, bool ifs, const char *name, const char *dll);
/* Puts a chain over the entry `over` in front of all; the links are hidden, over, the rest of over's chain.
 */
uint32_t add_chain(catalog_model_t *catalog, uint32_t id, uint32_t hidden, uint32_t over, bool ifs,
                   const char *dll);

/* Our chain for that kind of socket; our hidden entry. NULL where there is none. */
const catalog_model_entry_t *ours_of_kind(const catalog_model_t *catalog, int family, int type);
const catalog_model_entry_t *our_hidden(const catalog_model_t *catalog);
/* The chain is just these links. */
void assert_chain(const catalog_model_info_t *info, int length, const uint32_t *links);

/* Another vendor's layer over everything, in every view, as installers do. */
void install_vendor(machine_catalogs_t *catalogs, uint32_t first_id, const char *name, bool ifs);

const plan_options_t *options(void);

/* Plans an installation, a removal, a restoration; carries it out; fails the test where that cannot be. */
void install(machine_catalogs_t *catalogs);
void uninstall(machine_catalogs_t *catalogs);
void restore(machine_catalogs_t *catalogs, const machine_catalogs_t *then);
/* Carries out the first `count` edits of a plan. */
void carry_out(const plan_t *plan, size_t count, machine_catalogs_t *catalogs);

machine_catalogs_t copy_of(const machine_catalogs_t *catalogs);
/* Byte for byte, but for dll_missing. */
void assert_same(const machine_catalogs_t *a, const machine_catalogs_t *b);
/* Fails with the problem's text where there is one. */
void assert_healthy(const machine_catalogs_t *catalogs);
void assert_problem(const machine_catalogs_t *catalogs, health_kind_t kind);
/* The layer is whole in every view, and nothing is wrong. */
void assert_installed(const machine_catalogs_t *catalogs);

#endif

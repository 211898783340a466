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

#include "layering.h"
#include "health.h"
#include "plan.h"

#define OUR_DLL "%SystemRoot%\\system32\\sockwarden.dll"

/* Both views of a fresh 64-bit Windows: TCP, UDP, RAW over IPv4 and IPv6; the 32-bit ids 100 higher. */
catalogs_t fresh_windows(void);
/* The same with one view only. */
catalogs_t fresh_windows_32(void);

/* Appends a base entry to one view; returns its id. */
uint32_t add_base(catalog_t *catalog, uint32_t id, int family, int type, int protocol, const char *name);
/* Appends a hidden entry; returns its id. */
uint32_t add_hidden(catalog_t *catalog, uint32_t id, bool ifs, const char *name, const char *dll);
/* Puts a chain over the entry `over` in front of all; the links are hidden, over, the rest of over's chain.
 */
uint32_t add_chain(catalog_t *catalog, uint32_t id, uint32_t hidden, uint32_t over, bool ifs,
                   const char *dll);

/* Another vendor's layer over everything, in every view, as installers do. */
void install_vendor(catalogs_t *catalogs, uint32_t first_id, const char *name, bool ifs);

const plan_options_t *options(void);

/* Plans an installation, a removal, a restoration; carries it out; fails the test where that cannot be. */
void install(catalogs_t *catalogs);
void uninstall(catalogs_t *catalogs);
void restore(catalogs_t *catalogs, const catalogs_t *then);
/* Carries out the first `count` edits of a plan. */
void carry_out(const plan_t *plan, size_t count, catalogs_t *catalogs);

catalogs_t copy_of(const catalogs_t *catalogs);
/* Byte for byte, but for dll_missing. */
void assert_same(const catalogs_t *a, const catalogs_t *b);
/* Fails with the problem's text where there is one. */
void assert_healthy(const catalogs_t *catalogs);
void assert_problem(const catalogs_t *catalogs, health_kind_t kind);
/* The layer is whole in every view, and nothing is wrong. */
void assert_installed(const catalogs_t *catalogs);

#endif

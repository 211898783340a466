/*
 * session.h - what nearly every test of the provider does: start chains, call through the tables, end, count.
 */
#ifndef SESSION_H
#define SESSION_H

#include "fake_catalog.h"
#include "fake_host.h"
#include "fake_policy.h"
#include "fake_provider.h"
#include "testing.h"

/* For cmocka_unit_test_setup_teardown: the usual catalog and doubles as new; afterwards, that every start of
 * a lower provider was ended, every DLL unloaded, and no memory kept. */
int session_setup(void **state);
int session_teardown(void **state);

/* WSPStartup as ws2_32 calls it, with a catalog entry's info; returns its result. */
INT session_start(DWORD id, WSPPROC_TABLE *table);

/* The same that must work, and WSPCleanup that must. */
WSPPROC_TABLE session_started(DWORD id);
void session_end(const WSPPROC_TABLE *table);

#define SESSION_TEST(f) cmocka_unit_test_setup_teardown(f, session_setup, session_teardown)

#endif

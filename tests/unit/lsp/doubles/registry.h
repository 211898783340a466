/*
 * registry.h - a root for settings and the catalog: a key of the test's own below HKEY_CURRENT_USER, gone
 * after each test.
 */
#ifndef REGISTRY_H
#define REGISTRY_H

#include "session.h"

#define REGISTRY_POLICIES L"SOFTWARE\\Policies\\Sockwarden"
#define REGISTRY_OWN      L"SOFTWARE\\Sockwarden"

extern HKEY registry_root;

int registry_setup(void **state);
int registry_teardown(void **state);

/* Write a value of the key with that path below the root. */
void registry_put(const WCHAR *path, const WCHAR *name, DWORD type, const void *data, size_t size);
void registry_text(const WCHAR *path, const WCHAR *name, const WCHAR *text);
void registry_number(const WCHAR *path, const WCHAR *name, DWORD number);

/* Every key and value again as at the start. */
void registry_clear(void);

#define REGISTRY_TEST(f) cmocka_unit_test_setup_teardown(f, registry_setup, registry_teardown)

#endif

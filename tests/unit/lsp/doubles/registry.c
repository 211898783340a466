#include "registry.h"

#include <string.h>

static const WCHAR test_root[] = L"Software\\SockwardenUnitTest";

HKEY registry_root;

static void registry__delete(HKEY key)
{
  WCHAR name[64];
  DWORD chars = 64;

  while (RegEnumKeyExW(key, 0, name, &chars, NULL, NULL, NULL, NULL) == ERROR_SUCCESS) {
    HKEY child;

    if (RegOpenKeyExW(key, name, 0, KEY_ALL_ACCESS, &child) == ERROR_SUCCESS) {
      registry__delete(child);
      RegCloseKey(child);
    }
    RegDeleteKeyW(key, name);
    chars = 64;
  }
}

int registry_setup(void **state)
{
  session_setup(state);
  return RegCreateKeyExW(HKEY_CURRENT_USER, test_root, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &registry_root,
                         NULL) != ERROR_SUCCESS;
}

void registry_clear(void)
{
  registry__delete(registry_root);
}

int registry_teardown(void **state)
{
  registry_clear();
  RegCloseKey(registry_root);
  RegDeleteKeyW(HKEY_CURRENT_USER, test_root);
  return session_teardown(state);
}

void registry_put(const WCHAR *path, const WCHAR *name, DWORD type, const void *data, size_t size)
{
  HKEY key;

  assert_int_equal(RegCreateKeyExW(registry_root, path, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL), 0);
  assert_int_equal(RegSetValueExW(key, name, 0, type, data, (DWORD)size), 0);
  RegCloseKey(key);
}

void registry_text(const WCHAR *path, const WCHAR *name, const WCHAR *text)
{
  registry_put(path, name, REG_SZ, text, (wcslen(text) + 1) * sizeof *text);
}

void registry_number(const WCHAR *path, const WCHAR *name, DWORD number)
{
  registry_put(path, name, REG_DWORD, &number, sizeof number);
}

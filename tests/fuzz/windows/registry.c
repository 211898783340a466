#include "registry.h"

#include <stdlib.h>
#include <string.h>

#include "expect.h"
#include "types.h"

struct registry_key {
  int open;
};

static struct registry_key machine;
const HKEY registry_machine = &machine;

static bytes_t *answers;
static long open_keys;

void registry_answer(bytes_t *bytes)
{
  answers = bytes;
}

void registry_expect_closed(void)
{
  expect(open_keys == 0, "%ld keys are left open", open_keys);
}

LSTATUS RegOpenKeyExW(HKEY key, const WCHAR *name, DWORD options, DWORD access, HKEY *opened)
{
  (void)options, (void)access;
  expect(key && (key == registry_machine || key->open), "a closed key is used");
  expect(wide_length(name) < 1024, "a key's name does not end");
  if (bytes_rarely(answers, 8))
    return ERROR_FILE_NOT_FOUND;
  *opened = malloc(sizeof **opened); /* freed when closed: a key used after that is seen */
  (*opened)->open = 1;
  open_keys++;
  return ERROR_SUCCESS;
}

LSTATUS RegCloseKey(HKEY key)
{
  expect(key->open, "a key is closed twice");
  key->open = 0;
  free(key);
  open_keys--;
  return ERROR_SUCCESS;
}

/* Sizes that readers are apt to get wrong come up often. */
static DWORD choose_size(DWORD type)
{
  static const DWORD sizes[] = {888, 4, 8, 0, 1, 3, 2, 520, 887, 889, 5, 62, 64, 66, 0x7fffffff};
  unsigned which = bytes_byte(answers);
  if (which < 0x60)
    return type == REG_DWORD ? 4 : type == REG_BINARY ? 888 : 2 * (which & 31);
  return which < 0xc0 ? sizes[which % (sizeof sizes / sizeof *sizes)] : which;
}

LSTATUS RegQueryValueExW(HKEY key, const WCHAR *name, DWORD *reserved, DWORD *type, BYTE *data, DWORD *size)
{
  static const DWORD types[] = {REG_SZ, REG_DWORD, REG_BINARY, REG_EXPAND_SZ, 0, 7, 11};
  DWORD room = size ? *size : 0;
  expect(key && key->open && !reserved && wide_length(name) < 1024, "not so asked");
  if (bytes_rarely(answers, 8))
    return ERROR_FILE_NOT_FOUND;
  DWORD is = types[bytes_below(answers, sizeof types / sizeof *types)];
  DWORD has = choose_size(is);
  if (type)
    *type = is;
  if (size)
    *size = has;
  if (!data)
    return ERROR_SUCCESS;
  if (has > room)
    return ERROR_MORE_DATA;
  bytes_copy(answers, data, has);
  return ERROR_SUCCESS;
}

LSTATUS RegQueryInfoKeyW(HKEY key, WCHAR *kind, DWORD *kind_size, DWORD *reserved, DWORD *keys,
                         DWORD *longest_key, DWORD *longest_kind, DWORD *values, DWORD *longest_value,
                         DWORD *longest_data, DWORD *security, void *written)
{
  (void)kind, (void)kind_size, (void)reserved, (void)longest_key, (void)longest_kind, (void)values;
  (void)longest_value, (void)longest_data, (void)security, (void)written;
  expect(key->open, "a closed key is used");
  *keys = bytes_rarely(answers, 8) ? bytes_word(answers) : bytes_below(answers, 6);
  return ERROR_SUCCESS;
}

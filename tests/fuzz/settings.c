/*
 * Settings from a registry that holds anything: values of any type and size, unterminated, with halves of
 * surrogate pairs. What comes out is what the engine may be told.
 */
#include "settings.h"

#include <string.h>

#include "bytes.h"
#include "expect.h"
#include "registry.h"
#include "target.h"

/* Whether it is UTF-8 throughout. */
static bool is_utf8(const char *text)
{
  for (const unsigned char *s = (const unsigned char *)text; *s;) {
    size_t length = *s < 0x80 ? 1 : *s >= 0xf0 ? 4 : *s >= 0xe0 ? 3 : *s >= 0xc2 ? 2 : 0;
    for (size_t i = 1; i < length; i++)
      if ((s[i] & 0xc0) != 0x80)
        return false;
    if (!length)
      return false;
    s += length;
  }
  return true;
}

static bool is_full_path(const char *path)
{
  bool letter = (path[0] | 0x20) >= 'a' && (path[0] | 0x20) <= 'z';
  return (letter && path[1] == ':' && (path[2] == '\\' || path[2] == '/')) ||
         (path[0] == '\\' && path[1] == '\\');
}

static void check_warning(void *context, const char *message)
{
  (void)context;
  expect(strlen(message) < 1024 && strncmp(message, "HKLM\\SOFTWARE\\", 14) == 0, "warned: %s", message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  bytes_t bytes = {data, size};
  static policy_settings_t settings;
  policy_settings_default(&settings);
  registry_answer(&bytes);
  settings_log_t log;
  settings_warner_t warner = {check_warning, NULL};
  settings_read(&settings, &log, &warner);
  registry_expect_closed();
  expect(settings.mode == POLICY_MODE_ENFORCE || settings.mode == POLICY_MODE_AUDIT ||
             settings.mode == POLICY_MODE_OFF,
         "mode %d", (int)settings.mode);
  expect(settings.on_error == POLICY_ALLOW || settings.on_error == POLICY_REJECT, "on error %d",
         (int)settings.on_error);
  expect(settings.default_verdict == POLICY_ALLOW || settings.default_verdict == POLICY_REJECT, "default %d",
         (int)settings.default_verdict);
  expect(settings.instruction_limit >= 1000 && settings.instruction_limit <= 100000000, "steps %u",
         (unsigned)settings.instruction_limit);
  expect(settings.memory_limit_kib >= 64 && settings.memory_limit_kib <= 65536, "KiB %u",
         (unsigned)settings.memory_limit_kib);
  expect(log.level <= LOG_LEVEL_EVERYTHING, "level %d", (int)log.level);
  expect(wide_length_within(log.dir, SETTINGS_LOG_DIR_CHARS) < SETTINGS_LOG_DIR_CHARS,
         "the log's folder does not end");
  expect(!log.dir[0] || log.dir[1] == ':', "the log's folder is on no drive");
  expect(memchr(settings.policy_dir, 0, sizeof settings.policy_dir), "the folder does not end");
  expect(!settings.policy_dir[0] || (is_utf8(settings.policy_dir) && is_full_path(settings.policy_dir)),
         "the folder is %s", settings.policy_dir);
  return 0;
}

#include "settings_table.h"

#include "policy.h"

static const char *settings_table__mode(uint32_t value)
{
  return policy_mode_name((policy_mode_t)value);
}

static const char *settings_table__action(uint32_t value)
{
  return policy_action_name((policy_action_t)value);
}

const setting_t settings_table[SETTING_COUNT] = {
    [SETTING_POLICY_DIR] = {.name = "PolicyDir", .type = SETTING_FOLDER, .folder = L"\\Sockwarden\\policies"},
    [SETTING_MODE] = {.name = "Mode",
                      .type = SETTING_WORD,
                      .least = POLICY_MODE_ENFORCE,
                      .most = POLICY_MODE_OFF,
                      .fallback = POLICY_MODE_ENFORCE,
                      .word = settings_table__mode},
    [SETTING_ON_ERROR] = {.name = "OnError",
                          .type = SETTING_WORD,
                          .least = POLICY_ALLOW,
                          .most = POLICY_REJECT,
                          .fallback = POLICY_ALLOW,
                          .word = settings_table__action},
    [SETTING_DEFAULT_VERDICT] = {.name = "DefaultVerdict",
                                 .type = SETTING_WORD,
                                 .least = POLICY_ALLOW,
                                 .most = POLICY_REJECT,
                                 .fallback = POLICY_ALLOW,
                                 .word = settings_table__action},
    /* No limit so low that nothing works, none so high that a program stands still. */
    [SETTING_INSTRUCTION_LIMIT] = {.name = "InstructionLimit",
                                   .type = SETTING_NUMBER,
                                   .least = 1000,
                                   .most = 100 * 1000 * 1000,
                                   .fallback = 1000 * 1000},
    [SETTING_MEMORY_LIMIT_KIB] =
        {.name = "MemoryLimitKiB", .type = SETTING_NUMBER, .least = 64, .most = 64 * 1024, .fallback = 1024},
    [SETTING_ALLOW_UNPROTECTED_POLICIES] =
        {.name = "AllowUnprotectedPolicies", .type = SETTING_NUMBER, .least = 0, .most = 1, .fallback = 0},
    [SETTING_LOG_DIR] = {.name = "LogDir", .type = SETTING_LOCAL_FOLDER, .folder = L"\\Sockwarden\\logs"},
    [SETTING_LOG_LEVEL] = {.name = "LogLevel",
                           .type = SETTING_NUMBER,
                           .least = LOG_LEVEL_NOTHING,
                           .most = LOG_LEVEL_EVERYTHING,
                           .fallback = LOG_LEVEL_NOTABLE},
};

const settings_key_t settings_keys[SETTINGS_KEYS] = {
    {L"SOFTWARE\\Policies\\Sockwarden", "HKLM\\SOFTWARE\\Policies\\Sockwarden"},
    {L"SOFTWARE\\Sockwarden", "HKLM\\SOFTWARE\\Sockwarden"},
};

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
    [SETTING_POLICY_DIR] = {"PolicyDir", SETTING_FOLDER, .folder = L"\\Sockwarden\\policies"},
    [SETTING_MODE] = {"Mode", SETTING_WORD, POLICY_MODE_ENFORCE, POLICY_MODE_OFF, POLICY_MODE_ENFORCE,
                      .word = settings_table__mode},
    [SETTING_ON_ERROR] = {"OnError", SETTING_WORD, POLICY_ALLOW, POLICY_REJECT, POLICY_ALLOW,
                          .word = settings_table__action},
    [SETTING_DEFAULT_VERDICT] = {"DefaultVerdict", SETTING_WORD, POLICY_ALLOW, POLICY_REJECT, POLICY_ALLOW,
                                 .word = settings_table__action},
    /* No limit so low that nothing works, none so high that a program stands still. */
    [SETTING_INSTRUCTION_LIMIT] = {"InstructionLimit", SETTING_NUMBER, 1000, 100 * 1000 * 1000, 1000 * 1000},
    [SETTING_MEMORY_LIMIT_KIB] = {"MemoryLimitKiB", SETTING_NUMBER, 64, 64 * 1024, 1024},
    [SETTING_ALLOW_UNPROTECTED_POLICIES] = {"AllowUnprotectedPolicies", SETTING_NUMBER, 0, 1, 0},
    [SETTING_LOG_DIR] = {"LogDir", SETTING_LOCAL_FOLDER, .folder = L"\\Sockwarden\\logs"},
    [SETTING_LOG_LEVEL] = {"LogLevel", SETTING_NUMBER, LOG_LEVEL_NOTHING, LOG_LEVEL_EVERYTHING,
                           LOG_LEVEL_NOTABLE},
};

const settings_key_t settings_keys[SETTINGS_KEYS] = {
    {L"SOFTWARE\\Policies\\Sockwarden", "HKLM\\SOFTWARE\\Policies\\Sockwarden"},
    {L"SOFTWARE\\Sockwarden", "HKLM\\SOFTWARE\\Sockwarden"},
};

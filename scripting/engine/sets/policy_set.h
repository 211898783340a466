/*
 * policy_set.h - one immutable set of policies: what a folder's files came to under given settings, in one
 * process. policy_set_build.h makes it, evaluate.h decides by it. Deciding changes nothing in it but its Lua
 * states, its match caches and its quarantine. Any thread.
 */
#ifndef SOCKWARDEN_POLICY_SET_H
#define SOCKWARDEN_POLICY_SET_H

#include "folder.h"
#include "policy_tools.h"
#include "rule.h"

typedef struct policy_set policy_set_t;

/* NULL does nothing. */
void policy_set_destroy(policy_set_t *set);

/* Errors found while building: files that are broken, or the folder itself. */
size_t policy_set_errors(const policy_set_t *set);

/* Hand all that was found while building to the host's report. */
void policy_set_report(const policy_set_t *set);

/* Borrowed. */
const policy_settings_t *policy_set_settings(const policy_set_t *set);
folder_t *policy_set_folder(const policy_set_t *set);

bool policy_set_is_unpruned(const policy_set_t *set);

/* Files that are in force. */
size_t policy_set_files(const policy_set_t *set);

/* Entries that these registered, those pruned away included. */
size_t policy_set_registered(const policy_set_t *set);

/* ---- for tools ---- */

/* Entries in the set, and one of them; *rule receives its rule, NULL for a function. */
size_t policy_set_count(const policy_set_t *set);
policy_entry_t policy_set_entry(const policy_set_t *set, size_t index, const rule_t **rule);

const memory_t *policy_set_memory(const policy_set_t *set);

/* Add to what policy_set_report reports. The file is borrowed. False where memory is short. */
bool policy_set_add_finding(policy_set_t *set, const policy_report_t *report);

#endif

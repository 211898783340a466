/*
 * rule_table.h - the table that rule { ... } takes: its fields, and the rule that it compiles to.
 */
#ifndef SOCKWARDEN_RULE_TABLE_H
#define SOCKWARDEN_RULE_TABLE_H

#include "builtins.h"

const builtin_field_t *rule_table_fields(void);

/* Compile the rule in the table at stack index 1 into the recorder's arena. Every mistake in it is diagnosed
 * with `line`; NULL where there was one. [-0, +0] */
rule_t *rule_table_compile(lua_State *L, int32_t line);

#endif

/*
 * rules_lua.h - the steps of a case's file as Lua.
 */
#ifndef SOCKWARDEN_FUZZ_RULES_LUA_H
#define SOCKWARDEN_FUZZ_RULES_LUA_H

#include "rules_case.h"

/* Write file->text, and each step's line. The bytes choose between ways to write the same. */
void rules_lua_write(case_file_t *file, bytes_t *bytes);

#endif

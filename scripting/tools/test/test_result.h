/*
 * test_result.h - decide { ... } and the result that it returns.
 */
#ifndef SOCKWARDEN_TEST_RESULT_H
#define SOCKWARDEN_TEST_RESULT_H

#include "phrase.h"
#include "test_bench.h"

const builtin_t *test_result_builtins(void);
const builtin_field_t *test_result_fields(void);

/* Make the metatable of results. Once a state. [-0, +0] */
void test_result_open(lua_State *L);

/* Raise an error unless the first argument of a builtin is a result. [-0, +0] */
void test_result_check(lua_State *L, const char *builtin);

/* A field of the result at stack index 1; "" or 0 where it has none. [-0, +0] */
const char *test_result_text(lua_State *L, const char *field);
int32_t test_result_number(lua_State *L, const char *field);

/* Of the result at stack index 1: "reject WSAEACCES (10013)"; and "10-raw.lua:3 rule \"no raw\"". [-0, +0] */
void test_result_add(lua_State *L, const phrase_t *phrase);
void test_result_add_decider(lua_State *L, const phrase_t *phrase);

#endif

/*
 * request_spec_value.h - a question written as a Lua table.
 */
#ifndef SOCKWARDEN_QUESTION_VALUE_H
#define SOCKWARDEN_QUESTION_VALUE_H

#include "request_spec.h"
#include "script.h"

/* Read the table at a stack index, whose texts the question then borrows. Raises what is wrong with it. [-0,
 * +0] */
void request_spec_read(lua_State *L, int index, request_spec_t *question);

#endif

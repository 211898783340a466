/*
 * request_spec_value.h - a request spec written as a Lua table.
 */
#ifndef SOCKWARDEN_REQUEST_SPEC_VALUE_H
#define SOCKWARDEN_REQUEST_SPEC_VALUE_H

#include "policy_tools.h"
#include "script.h"

/* Read the table at a stack index, whose texts the spec then borrows. Raises what is wrong with it. [-0, +0]
 */
void request_spec_value_read(lua_State *L, int index, request_spec_t *spec);

#endif

/*
 * request_value.h - the request that on_socket functions are handed.
 */
#ifndef SOCKWARDEN_REQUEST_VALUE_H
#define SOCKWARDEN_REQUEST_VALUE_H

#include "builtins.h"

/* The fields of a request, and of request.app. */
const builtin_field_t *request_value_fields(void);
const builtin_field_t *request_value_app_fields(void);

/* Build the state's requests (request_shown.h). [-0, +0] */
void request_value_open(lua_State *L);

/* Push the table of them, to be pinned; needs no memory. [-0, +1] */
void request_value_push_pinned(lua_State *L);

/* Make one of them show this call with this triple as the effective one; its number. [-0, +0] */
int request_value_show(lua_State *L, const policy_request_t *request, const policy_triple_t *triple);

#endif

/*
 * read_only.h - tables that policies can read and cannot write.
 */
#ifndef SOCKWARDEN_READ_ONLY_H
#define SOCKWARDEN_READ_ONLY_H

#include "script.h"

/* Replace the table on the top of the stack by an empty one through which it can be read. Reading a field it
 * does not have is an error that names `what`, unless the table has a metatable of its own that says
 * otherwise.
 * [-1, +1] */
void read_only_seal(lua_State *L, const char *what);

/* The same for a table that stays where it is: reading its fields costs no more than reading any table's. Its
 * owner writes them with lua_rawset. Unlike a sealed one, next() sees the fields, so all of them must be
 * there before a policy runs. [-0, +0] */
void read_only_freeze(lua_State *L, const char *what);

#endif

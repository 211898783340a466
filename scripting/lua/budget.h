/*
 * budget.h - a budget of instructions, and how deep calls nest; and where memory ran out. The errors they
 * raise cannot be caught: the sandbox has no pcall and no coroutines.
 */
#ifndef SOCKWARDEN_LUA_BUDGET_H
#define SOCKWARDEN_LUA_BUDGET_H

#include <stdint.h>

struct lua_State;

/* ---- the budget ---- */

/* What is left, in instructions of the VM or work that takes about as long. */
#define luai_budget(L) (&luai_host(L)->budget)

#define LUAI_UNLIMITED (INT64_MAX / 2)

/* A call of a C function, and a conversion between a number and its digits. */
#define LUAI_CALLCOST   4
#define LUAI_NUMBERCOST 20

/* A remainder of floats may be found bit by bit. */
#define LUAI_FMODCOST 8

/* Spend n instructions here and raise the error where nothing is left. Only where an error may be raised. */
#define luai_charge(L, n)                                                                                    \
  do {                                                                                                       \
    if (__builtin_expect((*luai_budget(L) -= (int64_t)(n)) < 0, 0))                                          \
      luai_overbudget(L);                                                                                    \
  } while (0)

/* Spend n instructions; the next luai_charge raises. For places that must not fail half way. */
#define luai_spend(L, n) ((void)(*luai_budget(L) -= (int64_t)(n)))

/* A Lua function runs at most its length in instructions without a jump backwards. */
#define luai_chargecall(L, p) luai_charge(L, 1 + (p)->sizecode / 4)

/* Long strings as keys are compared byte by byte. */
#define luai_spendkey(L, o)                                                                                  \
  do {                                                                                                       \
    if (ttislngstring(o))                                                                                    \
      luai_spend(L, tsvalue(o)->u.lnglen);                                                                   \
  } while (0)

/* A text taken for a number. */
#define luai_spendnumeral(L, o)                                                                              \
  do {                                                                                                       \
    if (ttisstring(o))                                                                                       \
      luai_spend(L, LUAI_NUMBERCOST + tsslen(tsvalue(o)));                                                   \
  } while (0)

/* A length may have to be searched for, doubling and halving. */
#define luai_spendlength(L, n) luai_spend(L, 2 * (64 - __builtin_clzll((unsigned long long)(n) | 1)))

/* A hash chain this long does not come about by chance. */
#define luai_spendchain(L, length) luai_spend(L, (length) > 24 ? (int64_t)(length)*1000 : 1)

/* Raise the error of a spent budget. The budget is then far above LUAI_UNLIMITED: the mark by which this
 * error is known. */
_Noreturn void luai_overbudget(struct lua_State *L);

/* ---- calls, on a C stack that is the host's ---- */

/* How deep a pattern may recurse: a level for each repetition and capture on the way. Lua's own 200 take 20
 * KiB. */
#define MAXCCALLS 100

/* From here, let calls that pass through C nest so many levels deep and no deeper: functions called by gsub,
 * sort and fields that are computed, and the parser's nesting (which no number raises beyond Lua's own 200).
 * One more is an error, which luai_toodeep raises. */
void luai_allowcalls(struct lua_State *L, unsigned levels);
_Noreturn void luai_toodeep(struct lua_State *L);

/* ---- memory ---- */

/* The line that ran when memory ran out, 0 if none did: an error of memory carries no text. luai_nomemory
 * notes it before Lua raises that error. */
#define luai_memoryline(L) (&luai_host(L)->memory_line)
void luai_nomemory(struct lua_State *L);

#endif

/*
 * host.h - how the engine's Lua differs from a stock one. Included before everything else in each file of Lua
 * (cmake/Lua.cmake), beside budget.patch; README.md says why each part is there.
 */
#ifndef SOCKWARDEN_LUA_HOST_H
#define SOCKWARDEN_LUA_HOST_H

#include <ctype.h>
#include <locale.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct lua_State;

/* ---- the budget ---- */

/* In the extra space in front of the (only) lua_State of a universe. */
typedef struct luai_host {
  int64_t budget;
  int memoryline;    /* the line that ran when memory ran out: an error of memory carries no text */
  int unfolded;      /* luai_allfolded */
  const void *names; /* luai_foldnames: a table, or NULL */
} luai_host_t;

#define LUAI_HOSTSPACE     sizeof(luai_host_t)
#define luai_host(L)       ((luai_host_t *)lua_getextraspace(L))
#define luai_budget(L)     (&luai_host(L)->budget)
#define luai_memoryline(L) (&luai_host(L)->memoryline)

#define LUAI_UNLIMITED (INT64_MAX / 2)

/* A call of a C function, and a conversion between a number and its digits, cost that many loop steps. */
#define LUAI_CALLCOST   4
#define LUAI_NUMBERCOST 20

/* A remainder of floats may be found bit by bit. */
#define LUAI_FMODCOST 8

/* Spend n steps here and raise the error where nothing is left. Only where an error may be raised. */
#define luai_charge(L, n)                                                                                    \
  do {                                                                                                       \
    if (__builtin_expect((*luai_budget(L) -= (int64_t)(n)) < 0, 0))                                          \
      luai_overbudget(L);                                                                                    \
  } while (0)

/* Spend n steps; the next luai_charge raises. For places that must not fail half way. */
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

/* Raise the error of a spent budget (defined in budget.c). The counter then holds luai_is_spent's mark. */
_Noreturn void luai_overbudget(struct lua_State *L);

/* Note luai_memoryline before the error of memory is raised (budget.c). */
void luai_nomemory(struct lua_State *L);

/* ---- calls ---- */

/*
 * lua_pcall of an element of the table at one stack index, which is a function, with an element of the table
 * at another: both are there, and the stack has room for them. Returns lua_pcall's status. *answered: the
 * function returned and its first result, which is on top of the stack, is not nil; a nil is taken off. On
 * failure the error is on top.
 */
int luai_callelement(struct lua_State *L, int functions, size_t function, int arguments, int argument,
                     _Bool *answered);

/* ---- the C stack, which is the host's ---- */

/* How deep a pattern may recurse: a level for each repetition and capture on the way. Lua's own 200 take 20
 * KiB. */
#define MAXCCALLS 100

/* From here, let calls that pass through C nest so many levels deep and no deeper: functions called by gsub,
 * sort and fields that are computed, and the parser's nesting (which no number raises beyond Lua's own 200).
 * One more is an error, which luai_toodeep raises. */
void luai_allowcalls(struct lua_State *L, unsigned levels);
_Noreturn void luai_toodeep(struct lua_State *L);

/* ---- tables that cannot be written ---- */

/* A bit of a table's flags that Lua leaves alone. The program's assignments then go to __newindex even where
 * the field is there; reading is as fast as ever. lua_rawset still writes. */
#define LUAI_READONLY    (1 << 6)
#define luai_maywrite(t) (!(hvalue(t)->flags & LUAI_READONLY))

/* ---- names of numbers ---- */

/* What is compiled from now on takes the integers in the table at a stack index for what their names stand
 * for: where such a global name is read, the code has the number itself. The table stays alive and as it is
 * for that long. Index 0: no more. */
void luai_foldnames(struct lua_State *L, int index);

/* Whether since then each such name was read and nothing else. If not, something may have been assigned to
 * it, and what was compiled must not run. Nor must it where the source has the name _ENV. */
_Bool luai_allfolded(struct lua_State *L);

/* The compiler asks about a global name, before which token of the source. */
struct TString;
_Bool luai_foldsname(struct lua_State *L, struct TString *name, int token, long long *value);

/* ---- errors without unwinding ---- */

/* On x64 MinGW's longjmp would unwind through SEH frames of whoever called us, and hosts built with other
 * compilers crash; a null frame pointer makes it a plain jump. x86 has no such variant to avoid, but another
 * name. */
#if defined(_WIN32)
#define luai_jmpbuf      jmp_buf
#define LUAI_THROW(L, c) longjmp((c)->b, 1)
#if defined(_WIN64)
#define LUAI_TRY(L, c, a)                                                                                    \
  if (_setjmp((c)->b, NULL) == 0) {                                                                          \
    a                                                                                                        \
  }
#else
#define LUAI_TRY(L, c, a)                                                                                    \
  if (_setjmp3((c)->b, NULL) == 0) {                                                                         \
    a                                                                                                        \
  }
#endif
#endif

/* ---- the host's locale, clock and addresses change nothing ---- */

#define strcoll(a, b)      strcmp(a, b)
#define luai_makeseed(L)   0x5ca1ab1eu
#define l_randomizePivot() (~0u)

#undef isalnum
#undef isalpha
#undef iscntrl
#undef isdigit
#undef isgraph
#undef islower
#undef isprint
#undef ispunct
#undef isspace
#undef isupper
#undef isxdigit
#undef tolower
#undef toupper
#define isdigit(c)  ((unsigned)(c) - '0' < 10u)
#define islower(c)  ((unsigned)(c) - 'a' < 26u)
#define isupper(c)  ((unsigned)(c) - 'A' < 26u)
#define isalpha(c)  (((unsigned)(c) | 32u) - 'a' < 26u)
#define isalnum(c)  (isalpha(c) || isdigit(c))
#define iscntrl(c)  ((unsigned)(c) < 32u || (c) == 127)
#define isgraph(c)  ((unsigned)(c)-33u < 94u)
#define isprint(c)  ((unsigned)(c)-32u < 95u)
#define ispunct(c)  (isgraph(c) && !isalnum(c))
#define isspace(c)  ((c) == ' ' || (unsigned)(c)-9u < 5u)
#define isxdigit(c) (isdigit(c) || ((unsigned)(c) | 32u) - 'a' < 6u)
#define tolower(c)  (isupper(c) ? (c) + 32 : (c))
#define toupper(c)  (islower(c) ? (c)-32 : (c))

/* Put a dot where the C library put the locale's decimal point. */
static inline void luai_pinpoint(char *text, int length)
{
  char point = localeconv()->decimal_point[0];
  char *found = point == '.' || length <= 0 ? NULL : memchr(text, point, (size_t)length);

  if (found != NULL)
    *found = '.';
}

#endif

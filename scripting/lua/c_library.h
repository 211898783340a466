/*
 * c_library.h - the C library and the compiler under Lua: errors that unwind nothing, and no locale, clock or
 * address of the host's that would change what a policy decides. Patch 17 covers what no macro reaches.
 */
#ifndef SOCKWARDEN_LUA_C_LIBRARY_H
#define SOCKWARDEN_LUA_C_LIBRARY_H

#include <ctype.h>
#include <locale.h>
#include <setjmp.h>
#include <stddef.h>
#include <string.h>

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

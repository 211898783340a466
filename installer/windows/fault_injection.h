/*
 * seam.h - where tests break in. Every change to the machine announces itself here first. In what is shipped
 * this is nothing at all; the test build (SOCKWARDEN_TEST_SEAM, seam.c) can be told by its environment to
 * die, to fail or to lie at the nth change, and what kind of machine to take this one for.
 */
#ifndef SOCKWARDEN_INSTALLER_SEAM_H
#define SOCKWARDEN_INSTALLER_SEAM_H

#include <stdbool.h>

enum { SEAM_GO = 0, SEAM_PRETEND = -1 }; /* anything else: the error to fail with */

#ifdef SOCKWARDEN_TEST_SEAM
int seam_step(const char *what);
/* A fact about the machine that a test dictates; false where it dictates none. */
bool seam_fact(const char *name, long *value);
#else
static inline int seam_step(const char *what)
{
  (void)what;
  return SEAM_GO;
}

static inline bool seam_fact(const char *name, long *value)
{
  (void)name;
  (void)value;
  return false;
}
#endif

#endif

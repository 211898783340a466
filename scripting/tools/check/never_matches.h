/*
 * never_matches.h - rules that no request can match.
 */
#ifndef SOCKWARDEN_NEVER_MATCHES_H
#define SOCKWARDEN_NEVER_MATCHES_H

#include "analysis.h"

/* Warn where the rule under analysis can never match, and of single patterns in it that cannot. True in the
 * first case. */
bool never_matches_check(analysis_t *analysis);

#endif
